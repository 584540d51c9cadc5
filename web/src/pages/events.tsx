import { get } from '../api';
import { useLoaded } from '../load';
import { EventCard } from '../parts/event';
import { ExportButton } from '../parts/export';
import { Filters } from '../parts/filters';
import { Waiting } from '../parts/waiting';
import type { List, StoredEvent } from '../types';

/** Events by any filter that the address names. */
export function Events({ query }: { query: URLSearchParams }) {
  const loaded = useLoaded(`events?${query}`, () => get<List<StoredEvent>>('events', Object.fromEntries(query)));
  return (
    <>
      <h1>Events</h1>
      <Filters query={query} names={['party', 'with', 'type', 'from', 'to', 'text']} />
      <Waiting of={loaded}>
        {(list) => (
          <>
            <p>{list.total} events</p>
            {list.items.map((stored) => (
              <EventCard key={stored.event.id} stored={stored} />
            ))}
            {list.next && <a href={`/events?${new URLSearchParams({ ...Object.fromEntries(query), after: list.next })}`}>Next page</a>}{' '}
            <ExportButton name="events" value={list} />
          </>
        )}
      </Waiting>
    </>
  );
}
