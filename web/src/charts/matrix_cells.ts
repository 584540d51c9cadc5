import type { AlignmentAnswer, AlignmentPair } from '../api/types';

/** A cell by its row and column; a party has none with itself. */
export interface Spot {
  row: number;
  column: number;
}

/** The pairs of a matrix by row and column, for parties in some order. */
export function cellsOf(answer: AlignmentAnswer, order: readonly number[]): (AlignmentPair | undefined)[][] {
  const place = new Map(order.map((party, index) => [party, index]));
  const cells: (AlignmentPair | undefined)[][] = order.map(() => order.map(() => undefined));
  for (const pair of answer.pairs) {
    const [one, other] = [place.get(pair.one) ?? 0, place.get(pair.other) ?? 0];
    (cells[one] ?? [])[other] = pair;
    (cells[other] ?? [])[one] = pair;
  }
  return cells;
}

const STEPS: Record<string, [row: number, column: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Where a key leads from a cell: the next pair that way, or the first or last of the row; the same cell where there is
 * none, nothing for a key that does not move. */
export function movedBy(key: string, cells: readonly (readonly unknown[])[], from: Spot): Spot | undefined {
  const isPair = ({ row, column }: Spot): boolean => cells[row]?.[column] !== undefined;
  const row = cells[from.row] ?? [];
  if (key === 'Home') return { ...from, column: row.findIndex((each) => each !== undefined) };
  if (key === 'End') return { ...from, column: row.findLastIndex((each) => each !== undefined) };
  const step = STEPS[key];
  if (!step) return undefined;
  let to = from;
  do {
    to = { row: to.row + step[0], column: to.column + step[1] };
    if (isPair(to)) return to;
  } while (cells[to.row] && to.column >= 0 && to.column < cells.length);
  return from;
}
