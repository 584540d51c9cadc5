import type { Query } from '../api/client';

function view(path: string, query: Query): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return text ? `${path}?${text}` : path;
}

/** Ids go into the query, never the path: the server takes a path with a dot for a file. */
export const toDocument = (id: string, event?: string): string => view('/read', { document: id, event });
export const toEvents = (filter: Query): string => view('/events', filter);
export const toEvidence = (ids: readonly string[], title?: string): string =>
  view('/events', { ids: ids.join(','), about: title });
export const toHappening = (id: string): string => view('/happening', { id });
export const toDyad = (a: string, b: string, more: Query = {}): string => view('/dyad', { a, b, ...more });
export const toActor = (party: string): string => view('/actor', { party });
export const toReview = (id: string): string => view('/review', { event: id });

/** An outside address if it is one of the web; a text may name any scheme, `javascript:` too. */
export function webAddress(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
  } catch {
    return null;
  }
}
