import { useMemo } from 'preact/hooks';
import type { AlignmentAnswer } from '../api/types';
import { hrefWith } from '../state/place';
import { toActor } from '../state/links';
import { nameOf } from '../state/parties';
import { toneClass } from '../words';
import { HEIGHT, WIDTH, layoutOf } from './network_layout';
import { keyOf, titleOf } from './pairs';

interface Props {
  answer: AlignmentAnswer;
  /** Pairs that score nearer to nought are left out. */
  least: number;
  picked: string | null;
}

/** The signed network of parties: whole lines for alignment, broken ones for opposition. */
export function Network({ answer, least, picked }: Props) {
  const pairs = useMemo(() => answer.pairs.filter(({ score }) => Math.abs(score) >= least), [answer, least]);
  const nodes = useMemo(() => layoutOf(answer, pairs), [answer, pairs]);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} class="network" role="group" aria-label="Network of parties">
      {pairs.map((pair) => {
        const [from, to] = [nodes[pair.one], nodes[pair.other]];
        const key = keyOf(answer, pair);
        const ends = { x1: from?.x, y1: from?.y, x2: to?.x, y2: to?.y };
        return (
          <a key={key} href={hrefWith({ pick: key })} aria-label={titleOf(answer, pair)} aria-current={key === picked ? 'true' : undefined}>
            <line {...ends} class="edge-hit"><title>{titleOf(answer, pair)}</title></line>
            <line {...ends} class={`edge ${toneClass(pair.score)}`} stroke-width={1 + 4 * Math.abs(pair.score)} stroke-dasharray={pair.score < 0 ? '6 4' : undefined} />
          </a>
        );
      })}
      {nodes.map((node) => (
        <a key={node.party} href={toActor(node.party)} aria-label={`${nameOf(node.party)}, bloc ${node.bloc + 1}`}>
          <circle cx={node.x} cy={node.y} r="17" class={`node bloc-${node.bloc % 4}`}><title>{nameOf(node.party)}</title></circle>
          <text x={node.x} y={(node.y ?? 0) + 4} text-anchor="middle" class="node-name" font-size="11">{node.party.slice(0, 5)}</text>
        </a>
      ))}
    </svg>
  );
}
