import type { AlignmentAnswer, BalanceAnswer } from '../api/types';
import { keyOf } from './pairs';

/** Two parties that stand against the split into camps: foes within a camp, or friends across. */
export interface Strain {
  /** As the pair is named in the address. */
  key: string;
  one: string;
  other: string;
  /** How sure they are friends (above 0) or foes. */
  direct: number;
}

/** The pairs that strain the split, the surest first. The balance tells strain by party; which pairs make it up is
 * seen from how they deal with each other. */
export function strainsOf(balance: BalanceAnswer, alignment: AlignmentAnswer): Strain[] {
  const second = new Map(balance.parties.map((party, place) => [party, balance.second_camp[place] ?? false]));
  const found: Strain[] = [];
  for (const pair of alignment.pairs) {
    const [one = '', other = ''] = [alignment.parties[pair.one], alignment.parties[pair.other]];
    const { direct, remembered } = pair;
    if (!second.has(one) || !second.has(other) || remembered <= 0 || direct === 0) continue;
    const isWithin = second.get(one) === second.get(other);
    if (isWithin === direct < 0) found.push({ key: keyOf(alignment, pair), one, other, direct });
  }
  return found.sort((a, b) => Math.abs(b.direct) - Math.abs(a.direct) || a.key.localeCompare(b.key));
}
