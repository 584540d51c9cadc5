import { useState } from 'preact/hooks';
import type { Annotation } from '../api/types';
import { explanationsIn, storedEventsOf } from '../export/in_hand';
import { rowOfEvent } from '../export/rows';
import { webAddress } from '../state/links';
import { query } from '../state/place';
import { readableDate } from '../words';
import { ArticleRecords } from './ArticleRecords';
import { ExportBar } from './ExportBar';
import { Legend } from './Legend';
import { MarkedText } from './MarkedText';
import { RecordPanel } from './RecordPanel';

interface Props {
  article: Annotation;
  story?: readonly string[];
  /** Whether the ledger holds the article, so that its records can be judged. */
  stored: boolean;
}

/** A coded article: its text with marks, and beside it the record in view. */
export function Article({ article, story = [], stored }: Props) {
  const [preview, setPreview] = useState<string | null>(null);
  const lit = preview ?? query.value.get('event');
  const link = webAddress(article.url);
  return (
    <article aria-labelledby="article-title">
      <h1 id="article-title" dir="auto">{article.title ?? 'Article without a title'}</h1>
      <p class="quiet">
        {readableDate(article.published)}
        {article.publication && <> · <bdi>{article.publication}</bdi></>}
        {link && <> · <a href={link} rel="noreferrer noopener" target="_blank">original</a></>}
      </p>
      <ExportBar
        name={`article-${article.id}`}
        rows={() => storedEventsOf(article).map(rowOfEvent)}
        json={() => article}
        evidence={() => article.events.map((event) => event.id)}
        inHand={stored ? undefined : () => explanationsIn(article)}
      />
      <Legend />
      <div class="reading">
        <MarkedText article={article} lit={lit} onPreview={setPreview} />
        <RecordPanel article={article} id={lit} stored={stored} />
      </div>
      <ArticleRecords article={article} story={story} stored={stored} />
    </article>
  );
}
