import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { SimulationLinkDatum, SimulationNodeDatum } from 'd3-force';
import type { AlignmentAnswer, AlignmentPair } from '../api/types';

export const WIDTH = 760;
export const HEIGHT = 560;
const MARGIN = 34;
const TICKS = 260;

export interface NetworkNode extends SimulationNodeDatum {
  party: string;
  bloc: number;
}

interface NetworkLink extends SimulationLinkDatum<NetworkNode> {
  score: number;
}

const inside = (value: number | undefined, size: number): number =>
  Math.min(size - MARGIN, Math.max(MARGIN, value ?? size / 2));

/** Who stands near whom: the aligned draw each other together, the opposed keep their distance. The layout is settled
 * before it is drawn, without chance, so that the same day always looks the same. */
export function layoutOf({ parties, blocs }: AlignmentAnswer, pairs: readonly AlignmentPair[]): NetworkNode[] {
  const nodes: NetworkNode[] = parties.map((party, place) => ({ party, bloc: blocs[place] ?? 0 }));
  const links: NetworkLink[] = pairs.map(({ one, other, score }) => ({ source: one, target: other, score }));
  forceSimulation(nodes)
    .force('pull', forceLink<NetworkNode, NetworkLink>(links).distance(({ score }) => 170 - 110 * score).strength(({ score }) => 0.1 + 0.35 * Math.abs(score)))
    .force('push', forceManyBody().strength(-420))
    .force('apart', forceCollide(26))
    .force('x', forceX(WIDTH / 2).strength(0.07))
    .force('y', forceY(HEIGHT / 2).strength(0.1))
    .stop()
    .tick(TICKS);
  for (const node of nodes) {
    node.x = inside(node.x, WIDTH);
    node.y = inside(node.y, HEIGHT);
  }
  return nodes;
}
