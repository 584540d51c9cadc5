import { useMemo } from 'preact/hooks';
import type { Annotation } from '../api/types';
import { marksOf, paragraphsOf } from '../text/marks';
import { MarkedPiece } from './MarkedPiece';

interface Props {
  article: Annotation;
  /** The record that the reader looks at. */
  lit: string | null;
  onPreview: (id: string | null) => void;
}

/** An article with its events, claims and quotes marked. All of it is set as text, whatever it holds. */
export function MarkedText({ article, lit, onPreview }: Props) {
  const paragraphs = useMemo(() => paragraphsOf(article.text, marksOf(article)), [article]);
  const quads = useMemo(() => new Map(article.events.map((event) => [event.id, event.quad_code])), [article]);
  return (
    <div class="article" lang={article.language} dir="auto" onMouseLeave={() => onPreview(null)}>
      {paragraphs.map((pieces, number) => (
        <p key={number} dir="auto">
          {pieces.map((piece, place) => (
            <MarkedPiece key={place} piece={piece} lit={lit} quads={quads} onPreview={onPreview} />
          ))}
        </p>
      ))}
    </div>
  );
}
