import { get } from '../api';
import { useLoaded } from '../load';
import type { StoredEvent } from '../types';
import { EventCard } from './event';
import { ExportButton } from './export';
import { Waiting } from './waiting';

/** The events of a list of ids, the evidence behind a number. */
export function EventsOfIds({ ids, name }: { ids: string[]; name: string }) {
  const shown = ids.slice(0, 30);
  const loaded = useLoaded(shown.join(' '), () =>
    Promise.all(shown.map((id) => get<{ event: StoredEvent }>(`events/${encodeURIComponent(id)}`))),
  );
  if (!ids.length) return <p>No events.</p>;
  return (
    <Waiting of={loaded}>
      {(found) => (
        <>
          {found.map(({ event }) => (
            <EventCard key={event.event.id} stored={event} />
          ))}
          {ids.length > shown.length && <p>and {ids.length - shown.length} more</p>}
          <ExportButton name={name} value={found} />
        </>
      )}
    </Waiting>
  );
}
