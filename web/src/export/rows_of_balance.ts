import type { BalanceAnswer } from '../api/types';
import type { Strain } from '../charts/strains';
import { nameOf } from '../state/parties';
import type { Row } from './csv';

const TRIADS = ['three friends', 'common foe', 'common friend', 'three foes'] as const;

/** A balance as one table: its figures, the parties with their camps, the pairs that strain the split. */
export function rowsOfBalance(balance: BalanceAnswer, strains: readonly Strain[]): Row[] {
  const figures: Row[] = [
    ...TRIADS.map((kind, place) => ({ kind: 'triads', name: kind, value: balance.triads[place] })),
    { kind: 'figure', name: 'balanced', value: balance.balanced },
    { kind: 'figure', name: 'frustration', value: balance.frustration },
    { kind: 'figure', name: 'modularity', value: balance.modularity },
  ];
  const parties = balance.parties.map((party, place) => ({
    kind: 'strain of a party',
    name: nameOf(party),
    value: balance.strain[place],
    camp: balance.second_camp[place] ? 2 : 1,
    bloc: (balance.blocs[place] ?? 0) + 1,
  }));
  const pairs = strains.map(({ one, other, direct }) => ({
    kind: 'certainty of a pair',
    name: `${nameOf(one)} – ${nameOf(other)}`,
    value: direct,
  }));
  return [...figures, ...parties, ...pairs];
}
