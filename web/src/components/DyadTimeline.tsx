import { useRef } from 'preact/hooks';
import { ActBars, BAR_HEIGHT, actsOf } from '../charts/ActBars';
import { SCORE_SIZE, ScoreChart } from '../charts/ScoreChart';
import type { DyadAnswer, DyadPoint } from '../api/types';
import type { Row } from '../export/csv';
import { hrefWith, query } from '../state/place';
import { nameOf } from '../state/parties';
import { ExportBar } from './ExportBar';
import { Figure } from './Figure';

const idsOf = (points: readonly DyadPoint[]): string[] =>
  points.flatMap((point) => [...point.forward_event_ids, ...point.backward_event_ids]);

const rounded = (value: number): number => Math.round(100 * value) / 100;

const rowOf = (point: DyadPoint): Row => ({
  from: point.from,
  to: point.to,
  forward_score: rounded(point.forward.score),
  forward_low: rounded(point.forward.low),
  forward_high: rounded(point.forward.high),
  forward_acts: point.forward.acts,
  backward_score: rounded(point.backward.score),
  backward_low: rounded(point.backward.low),
  backward_high: rounded(point.backward.high),
  backward_acts: point.backward.acts,
  ...actsOf(point),
});

function spanOf(points: readonly DyadPoint[]): [number, number] {
  const sides = points.flatMap((point) => [point.forward, point.backward]);
  return [Math.min(-1, ...sides.map((side) => side.low)), Math.max(1, ...sides.map((side) => side.high))];
}

/** Both directions of a dyad over one time axis; a step leads to its events. */
export function DyadTimeline({ dyad: { points }, a, b }: { dyad: DyadAnswer; a: string; b: string }) {
  const drawing = useRef<HTMLElement>(null);
  if (points.length === 0) return <p class="quiet">Nothing in the ledger matches.</p>;
  const at = query.value.get('at');
  const hrefOf = (point: DyadPoint): string => hrefWith({ at: point.from });
  const span = spanOf(points);
  const shared = { points, span, at, hrefOf };
  const { WIDTH, HEIGHT } = SCORE_SIZE;
  const rows = points.map(rowOf);
  return (
    <>
      <ExportBar name={`dyad-${a}-${b}`} rows={() => rows} json={() => points} evidence={() => idsOf(points)} drawing={drawing} />
      <Figure title="Score and acts over time" rows={rows} href={(_, place) => hrefWith({ at: points[place]?.from })} drawing={drawing}>
        <div class="scroll" tabIndex={0} role="region" aria-label="Drawing of the timeline">
          <svg viewBox={`0 0 ${WIDTH} ${2 * HEIGHT + BAR_HEIGHT}`} class="timeline" role="group" aria-label="Timeline of the dyad">
            <ScoreChart {...shared} side={(point) => point.forward} label={`${nameOf(a)} to ${nameOf(b)}`} y={0} />
            <ScoreChart {...shared} side={(point) => point.backward} label={`${nameOf(b)} to ${nameOf(a)}`} y={HEIGHT} />
            <ActBars points={points} y={2 * HEIGHT} at={at} hrefOf={hrefOf} />
          </svg>
        </div>
      </Figure>
      <p class="quiet">The band holds the score at nine in ten. Choose a step to read its events.</p>
    </>
  );
}
