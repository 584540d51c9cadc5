import { useRef } from 'preact/hooks';
import type { AlignmentAnswer } from '../api/types';
import { Matrix } from '../charts/Matrix';
import { Network } from '../charts/Network';
import { keyOf } from '../charts/pairs';
import { hrefWith, query } from '../state/place';
import { nameOf } from '../state/parties';
import { signed } from '../words';
import { viewOf } from './AxesControls';
import { ExportBar } from './ExportBar';
import { Figure } from './Figure';
import { pairEvents } from './PairEvidence';

const LEAST = 0.25;

/** How near all parties stand, as a network or a matrix. */
export function Standing({ answer }: { answer: AlignmentAnswer }) {
  const drawing = useRef<HTMLElement>(null);
  const picked = query.value.get('pick');
  const least = Number(query.value.get('least') ?? LEAST) || 0;
  const { parties } = answer;
  const rows = answer.pairs.map((pair) => ({
    pair: `${nameOf(parties[pair.one] ?? '')} – ${nameOf(parties[pair.other] ?? '')}`,
    score: signed(pair.score, 2),
    dealings: signed(pair.direct, 2),
    likeness: signed(pair.likeness, 2),
    treaties: pair.ties.toFixed(2),
    weight: pair.remembered.toFixed(1),
  }));
  const hrefOf = (_: unknown, place: number): string => {
    const pair = answer.pairs[place];
    return hrefWith({ pick: pair ? keyOf(answer, pair) : null });
  };
  if (parties.length === 0) return <p class="quiet">No dealings up to this day.</p>;
  return (
    <>
      <ExportBar
        name={`standing-${answer.day}`}
        rows={() => rows}
        json={() => answer}
        evidence={() => (picked ? pairEvents.value : [])}
        drawing={drawing}
      />
      <Figure title="How near parties stand" rows={rows} href={hrefOf} drawing={drawing}>
        <div class="scroll" tabIndex={0} role="region" aria-label="Drawing of the parties">
          {viewOf() === 'matrix' ? <Matrix answer={answer} picked={picked} /> : <Network answer={answer} least={least} picked={picked} />}
        </div>
      </Figure>
      <p class="quiet">Blue and whole: aligned. Vermilion and broken: opposed. Choose a line, a cell or a row of the table for its evidence.</p>
    </>
  );
}
