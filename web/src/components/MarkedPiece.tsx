import { hrefWith } from '../state/place';
import type { Mark, Piece } from '../text/marks';

interface Props {
  piece: Piece;
  lit: string | null;
  quads: ReadonlyMap<string, number>;
  onPreview: (id: string | null) => void;
}

const ALWAYS: readonly string[] = ['trigger', 'quote', 'cue', 'claimant'];

function classesOf(marks: readonly Mark[], lit: string | null): string {
  const shown = marks.filter((mark) => ALWAYS.includes(mark.kind)).map((mark) => mark.kind);
  const bright = marks.filter((mark) => mark.of === lit).map((mark) => `lit-${mark.kind}`);
  return [...new Set([...shown, ...bright])].join(' ');
}

/** A stretch of text; one that carries an event's trigger or a statement's cue is a link to its record. */
export function MarkedPiece({ piece, lit, quads, onPreview }: Props) {
  const { text, marks } = piece;
  if (marks.length === 0) return <>{text}</>;
  const classes = classesOf(marks, lit);
  const target = marks.find((mark) => mark.kind === 'trigger') ?? marks.find((mark) => mark.kind === 'cue');
  if (target) {
    const quad = target.kind === 'trigger' ? `quad-${quads.get(target.of) ?? 0}` : '';
    return (
      <a
        class={`mark ${classes} ${quad}`}
        href={hrefWith({ event: target.of })}
        tabIndex={piece.from === target.start ? undefined : -1}
        aria-current={target.of === lit ? 'true' : undefined}
        onMouseEnter={() => onPreview(target.of)}
        onFocus={() => onPreview(target.of)}
        onBlur={() => onPreview(null)}
      >
        {text}
      </a>
    );
  }
  return classes ? <span class={`mark ${classes}`}>{text}</span> : <>{text}</>;
}
