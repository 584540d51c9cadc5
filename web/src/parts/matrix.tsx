import { go } from '../route';
import type { Alignment, Pair } from '../types';

const CELL = 16;
const EDGE = 44;

/** The alignment of all pairs, blocs side by side; a cell leads to the dyad. */
export function Matrix({ of }: { of: Alignment }) {
  const order = of.parties.map((_, place) => place).sort((a, b) => (of.blocs[a] ?? 0) - (of.blocs[b] ?? 0) || a - b);
  const rank = new Map(order.map((place, rank) => [place, rank]));
  const side = EDGE + CELL * order.length;
  const cell = (pair: Pair, row: number, column: number) => {
    const [a, b] = [of.parties[row] ?? '', of.parties[column] ?? ''];
    const share = Math.min(Math.abs(pair.score) * 1.4, 1);
    return (
      <rect
        class={pair.score < 0 ? 'cell hostile' : 'cell friendly'}
        x={EDGE + CELL * (rank.get(column) ?? 0)}
        y={EDGE + CELL * (rank.get(row) ?? 0)}
        width={CELL - 1}
        height={CELL - 1}
        fill-opacity={share}
        onClick={() => go(`/dyad?${new URLSearchParams({ a, b })}`)}
      >
        <title>{`${a} and ${b}: ${pair.score.toFixed(2)} (direct ${pair.direct.toFixed(2)}, likeness ${pair.likeness.toFixed(2)}, ties ${pair.ties.toFixed(2)})`}</title>
      </rect>
    );
  };
  const strongest = [...of.pairs].sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, 12);
  return (
    <figure>
      <div class="scroll">
        <svg class="matrix" viewBox={`0 0 ${side} ${side}`} width={side} height={side} role="img" aria-label={`Alignment of ${order.length} parties; the list below has the strongest`}>
          {order.map((place, row) => (
            <>
              <text x={EDGE - 4} y={EDGE + CELL * row + 12} text-anchor="end">
                {of.parties[place]}
              </text>
              <text transform={`translate(${EDGE + CELL * row + 12} ${EDGE - 4}) rotate(-90)`}>{of.parties[place]}</text>
            </>
          ))}
          {of.pairs.map((pair) => [cell(pair, pair.one, pair.other), cell(pair, pair.other, pair.one)])}
        </svg>
      </div>
      <figcaption>
        The strongest:{' '}
        {strongest.map((pair) => {
          const [a, b] = [of.parties[pair.one] ?? '', of.parties[pair.other] ?? ''];
          return (
            <>
              <a href={`/dyad?${new URLSearchParams({ a, b })}`}>
                {a} {b} {pair.score.toFixed(2)}
              </a>
              {'; '}
            </>
          );
        })}
      </figcaption>
    </figure>
  );
}
