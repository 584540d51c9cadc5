import type { AlignmentAnswer, AlignmentPair } from '../api/types';
import { nameOf } from '../state/parties';
import { signed } from '../words';

/** How a pair is named in the address: "DNK,NOR". */
export const keyOf = ({ parties }: AlignmentAnswer, { one, other }: AlignmentPair): string =>
  [parties[one], parties[other]].sort().join(',');

export const titleOf = ({ parties }: AlignmentAnswer, { one, other, score }: AlignmentPair): string =>
  `${nameOf(parties[one] ?? '')} and ${nameOf(parties[other] ?? '')}: ${signed(score, 2)}`;

/** Parties by bloc, and in a bloc by how well they get on with the rest of it. */
export function orderOf(answer: AlignmentAnswer): number[] {
  const warmth = answer.parties.map(() => 0);
  for (const { one, other, score } of answer.pairs) {
    if (answer.blocs[one] !== answer.blocs[other]) continue;
    warmth[one] = (warmth[one] ?? 0) + score;
    warmth[other] = (warmth[other] ?? 0) + score;
  }
  const bloc = (place: number): number => answer.blocs[place] ?? 0;
  return answer.parties
    .map((_, place) => place)
    .sort((a, b) => bloc(a) - bloc(b) || (warmth[b] ?? 0) - (warmth[a] ?? 0));
}
