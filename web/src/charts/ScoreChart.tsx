import { area, line } from 'd3-shape';
import { scaleLinear } from 'd3-scale';
import type { Direction, DyadPoint } from '../api/types';
import { countOf, readableDate, signed } from '../words';

const WIDTH = 900;
const HEIGHT = 180;
const LEFT = 44;
const RIGHT = 10;
const TOP = 24;
const BOTTOM = 24;

interface Props {
  points: readonly DyadPoint[];
  side: (point: DyadPoint) => Direction;
  label: string;
  y: number;
  span: [number, number];
  at: string | null;
  hrefOf: (point: DyadPoint) => string;
}

export const SCORE_SIZE = { WIDTH, HEIGHT, LEFT, RIGHT };

/** The middle of a step on the time axis. */
export const stepScale = (points: readonly DyadPoint[]) => {
  const width = (WIDTH - LEFT - RIGHT) / Math.max(1, points.length);
  return { width, middle: (place: number): number => LEFT + width * (place + 0.5) };
};

const titleOf = (point: DyadPoint, { score, low, high, acts }: Direction, label: string): string =>
  `${label}, ${readableDate(point.from)} to ${readableDate(point.to)}: ${signed(score)}, between ${signed(low)} and ${signed(high)}, ${countOf(acts, 'act')}`;

/** How one side deals with the other over time, with the band in which the score lies at nine in ten. */
export function ScoreChart({ points, side, label, y, span, at, hrefOf }: Props) {
  const { width, middle } = stepScale(points);
  const height = scaleLinear().domain(span).range([HEIGHT - BOTTOM, TOP]);
  const sides = points.map(side);
  const band = area<Direction>().x((_, place) => middle(place)).y0((each) => height(each.low)).y1((each) => height(each.high));
  const curve = line<Direction>().x((_, place) => middle(place)).y((each) => height(each.score));
  return (
    <g transform={`translate(0 ${y})`}>
      <text x={LEFT} y="13" class="axis-title" font-size="13">{label}</text>
      {height.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={height(tick)} y2={height(tick)} class={tick === 0 ? 'axis zero' : 'axis'} />
          <text x={LEFT - 6} y={height(tick) + 4} text-anchor="end" class="tick" font-size="11">{signed(tick, 0)}</text>
        </g>
      ))}
      <path d={band(sides) ?? ''} class="band" />
      <path d={curve(sides) ?? ''} class="curve" />
      {points.map((point, place) => (
        <a key={point.from} href={hrefOf(point)} aria-label={titleOf(point, side(point), label)} aria-current={point.from === at ? 'true' : undefined} class="step">
          <rect x={middle(place) - width / 2} y={TOP} width={width} height={HEIGHT - TOP - BOTTOM} class="hit">
            <title>{titleOf(point, side(point), label)}</title>
          </rect>
          <circle cx={middle(place)} cy={height(side(point).score)} r="4" class={toneOfPoint(side(point))} />
        </a>
      ))}
    </g>
  );
}

const toneOfPoint = ({ score, acts }: Direction): string => `dot ${acts === 0 ? 'tone-0' : score < 0 ? 'conflict-3' : 'cooperation-3'}`;
