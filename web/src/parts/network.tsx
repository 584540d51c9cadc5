import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { go } from '../route';
import type { Alignment } from '../types';

const WIDTH = 900;
const HEIGHT = 560;
const LEAST = 0.2;
const ROUNDS = 300;

interface Node {
  index: number;
  name: string;
  bloc: number;
  x: number;
  y: number;
}

/** Friends near, foes far; an edge leads to the dyad, a party to its page. */
export function Network({ of }: { of: Alignment }) {
  const edges = of.pairs.filter((pair) => Math.abs(pair.direct) >= LEAST && pair.remembered > 0);
  const linked = new Set(edges.flatMap((pair) => [pair.one, pair.other]));
  const places = [...linked].sort((a, b) => a - b);
  const nodes: Node[] = places.map((place, index) => {
    const angle = (2 * Math.PI * index) / places.length;
    return {
      index,
      name: of.parties[place] ?? '',
      bloc: of.blocs[place] ?? 0,
      x: WIDTH / 2 + 150 * Math.cos(angle),
      y: HEIGHT / 2 + 150 * Math.sin(angle),
    };
  });
  const at = new Map(places.map((place, index) => [place, index]));
  const links = edges.map((pair) => ({ source: at.get(pair.one) ?? 0, target: at.get(pair.other) ?? 0, direct: pair.direct }));
  // Foes are held apart by a long link, friends together by a short one. Where all stand does not change from run to run.
  forceSimulation(nodes)
    .force('link', forceLink(links.map((link) => ({ ...link }))).distance((link) => (link.direct > 0 ? 60 : 330)).strength((link) => 0.25 * Math.abs(link.direct)))
    .force('charge', forceManyBody().strength(-220))
    .force('x', forceX(WIDTH / 2).strength(0.06))
    .force('y', forceY(HEIGHT / 2).strength(0.1))
    .force('collide', forceCollide(16))
    .stop()
    .tick(ROUNDS);
  const clamp = (value: number, most: number) => Math.min(Math.max(value, 24), most - 24);
  const [x, y] = [(place: number) => clamp(nodes[place]?.x ?? 0, WIDTH), (place: number) => clamp(nodes[place]?.y ?? 0, HEIGHT)];
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Signed network; the matrix has the same numbers">
        {links.map((link) => {
          const [a, b] = [nodes[link.source]?.name ?? '', nodes[link.target]?.name ?? ''];
          return (
            <line
              class={link.direct > 0 ? 'edge friendly' : 'edge hostile'}
              x1={x(link.source)}
              y1={y(link.source)}
              x2={x(link.target)}
              y2={y(link.target)}
              stroke-opacity={0.2 + 0.7 * Math.abs(link.direct)}
              onClick={() => go(`/dyad?${new URLSearchParams({ a, b })}`)}
            >
              <title>{`${a} and ${b}: ${link.direct.toFixed(2)}`}</title>
            </line>
          );
        })}
        {nodes.map((node, place) => (
          <a href={`/actor/${encodeURIComponent(node.name)}`}>
            <circle class={`node bloc${node.bloc % 6}`} cx={x(place)} cy={y(place)} r={7} />
            <text x={x(place)} y={y(place) - 10} text-anchor="middle">
              {node.name}
            </text>
          </a>
        ))}
      </svg>
      <figcaption>
        <span class="key friendly">deal well</span> <span class="key hostile">deal badly</span> colours of parties: blocs
      </figcaption>
    </figure>
  );
}
