import type { Annotation } from '../api/types';
import { EventCard } from './EventCard';
import { StatementCard } from './StatementCard';

/** The record that the reader points at or has chosen. */
export function RecordPanel({ article, id, stored }: { article: Annotation; id: string | null; stored: boolean }) {
  const event = article.events.find((each) => each.id === id);
  const statement = article.statements.find((each) => each.id === id);
  return (
    <aside class="panel" aria-label="Record in view" aria-live="polite">
      {event && <EventCard event={event} published={article.published} stored={stored} />}
      {statement && <StatementCard statement={statement} />}
      {!event && !statement && <p class="quiet">Point at, or choose, a marked word to see its record.</p>}
    </aside>
  );
}
