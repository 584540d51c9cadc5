import { scaleLinear } from 'd3-scale';
import type { DyadPoint } from '../api/types';
import { countOf, readableDate } from '../words';
import { SCORE_SIZE, stepScale } from './ScoreChart';

const HEIGHT = 120;
const { WIDTH, LEFT, RIGHT } = SCORE_SIZE;

export const BAR_HEIGHT = HEIGHT;

/** Friendly and hostile acts of a step, both directions together. */
export function actsOf({ both }: DyadPoint): { friendly: number; hostile: number } {
  const [verbalFriendly = 0, materialFriendly = 0, verbalHostile = 0, materialHostile = 0] = both.quads;
  return { friendly: verbalFriendly + materialFriendly, hostile: verbalHostile + materialHostile };
}

interface Props {
  points: readonly DyadPoint[];
  y: number;
  at: string | null;
  hrefOf: (point: DyadPoint) => string;
}

/** Bars of friendly acts upwards and hostile acts downwards. */
export function ActBars({ points, y, at, hrefOf }: Props) {
  const { width, middle } = stepScale(points);
  const most = Math.max(1, ...points.flatMap((point) => Object.values(actsOf(point))));
  const height = scaleLinear().domain([-most, most]).range([HEIGHT - 20, 18]);
  const zero = height(0);
  const bar = Math.max(1, Math.min(30, width * 0.7));
  const every = Math.ceil(points.length / 12);
  return (
    <g transform={`translate(0 ${y})`}>
      <text x={LEFT} y="12" class="axis-title" font-size="13">Friendly acts above, hostile acts below</text>
      <line x1={LEFT} x2={WIDTH - RIGHT} y1={zero} y2={zero} class="axis zero" />
      {points.map((point, place) => {
        const { friendly, hostile } = actsOf(point);
        const title = `${readableDate(point.from)}: ${countOf(friendly, 'friendly act')}, ${countOf(hostile, 'hostile act')}`;
        return (
          <a key={point.from} href={hrefOf(point)} aria-label={title} aria-current={point.from === at ? 'true' : undefined} class="step">
            <rect x={middle(place) - width / 2} y="16" width={width} height={HEIGHT - 34} class="hit"><title>{title}</title></rect>
            <rect x={middle(place) - bar / 2} y={height(friendly)} width={bar} height={zero - height(friendly)} class="cooperation-3" />
            <rect x={middle(place) - bar / 2} y={zero} width={bar} height={height(-hostile) - zero} class="conflict-3" />
            {place % every === 0 && (
              <text x={middle(place)} y={HEIGHT - 4} text-anchor="middle" class="tick" font-size="11">{point.from.slice(0, 7)}</text>
            )}
          </a>
        );
      })}
    </g>
  );
}
