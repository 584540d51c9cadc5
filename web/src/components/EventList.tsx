import type { StoredEvent } from '../api/types';
import { countOf } from '../words';
import { EventItem } from './EventItem';

interface Props {
  events: readonly StoredEvent[];
  sentences?: ReadonlyMap<string, string>;
  total?: number | null;
}

/** Events, each with the words that it rests on. */
export function EventList({ events, sentences, total }: Props) {
  if (events.length === 0) return <p class="quiet">No events.</p>;
  return (
    <>
      {total !== undefined && <p class="quiet">{total === null ? '' : countOf(total, 'event')}</p>}
      <ul class="records">
        {events.map((stored) => (
          <EventItem key={stored.event.id} stored={stored} sentence={sentences?.get(stored.event.id)} />
        ))}
      </ul>
    </>
  );
}
