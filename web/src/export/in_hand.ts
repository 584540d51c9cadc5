import type { Annotation, Explanation, StoredEvent } from '../api/types';

/** The article's events in the shape of the ledger's. */
export const storedEventsOf = (article: Annotation): StoredEvent[] =>
  article.events.map((event) => ({
    event,
    source: article.publication,
    title: article.title,
    published: article.published,
    url: article.url ?? null,
    run: 0,
  }));

/** The article's events with their sentences, as the ledger would explain them if it had them. */
export function explanationsIn(article: Annotation): Explanation[] {
  const points = [...article.text];
  const { id, title, published, publication } = article;
  const document = { document_id: id, title, published, publication, url: article.url ?? null };
  return storedEventsOf(article).map((event) => {
    const { start, end } = event.event.text_info;
    return { event, sentence: points.slice(start, end).join(''), document, run: null };
  });
}
