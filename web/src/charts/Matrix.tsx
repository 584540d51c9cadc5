import { useMemo } from 'preact/hooks';
import type { AlignmentAnswer, AlignmentPair } from '../api/types';
import { change } from '../state/place';
import { nameOf } from '../state/parties';
import { toneClass } from '../words';
import { keyOf, orderOf, titleOf } from './pairs';

const SIZE = 26;
const HEAD = 48;

/** Every pair of parties, ordered so that blocs show. Its cells are for the pointer: the figure's table has a link for
 * each pair, which is quicker by keyboard than hundreds of stops. */
export function Matrix({ answer, picked }: { answer: AlignmentAnswer; picked: string | null }) {
  const order = useMemo(() => orderOf(answer), [answer]);
  const place = new Map(order.map((party, index) => [party, index]));
  const spot = (party: number): number => HEAD + SIZE * (place.get(party) ?? 0);
  const size = HEAD + SIZE * order.length;
  return (
    <svg viewBox={`0 0 ${size} ${size}`} class="matrix" role="img" aria-label="Matrix of parties ordered by bloc; the table below has the same numbers">
      {order.map((party) => (
        <g key={party}>
          <text x={HEAD - 6} y={spot(party) + 17} text-anchor="end" font-size="11"><title>{nameOf(answer.parties[party] ?? '')}</title>{answer.parties[party]?.slice(0, 6)}</text>
          <text transform={`translate(${spot(party) + 17} ${HEAD - 6}) rotate(-90)`} font-size="11">{answer.parties[party]?.slice(0, 6)}</text>
        </g>
      ))}
      {answer.pairs.flatMap((pair) => [cell(answer, pair, spot(pair.one), spot(pair.other), picked), cell(answer, pair, spot(pair.other), spot(pair.one), picked)])}
    </svg>
  );
}

function cell(answer: AlignmentAnswer, pair: AlignmentPair, x: number, y: number, picked: string | null) {
  const key = keyOf(answer, pair);
  return (
    <rect
      key={`${x} ${y}`}
      x={x + 1}
      y={y + 1}
      width={SIZE - 2}
      height={SIZE - 2}
      class={`cell ${toneClass(pair.score)} ${key === picked ? 'picked' : ''}`}
      onClick={() => change({ pick: key })}
    >
      <title>{titleOf(answer, pair)}</title>
    </rect>
  );
}
