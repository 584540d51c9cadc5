import { get } from '../api';
import { useLoaded } from '../load';
import { EventCard } from '../parts/event';
import { Waiting } from '../parts/waiting';
import type { List, PartyCount, StoredEvent, StoredPerson, StoredStatement } from '../types';

/** One party: its people, events, statements, and whom it deals with. */
export function Actor({ party }: { party: string }) {
  const parties = useLoaded('parties', () => get<{ items: PartyCount[] }>('parties'));
  const events = useLoaded(`events of ${party}`, () => get<List<StoredEvent>>('events', { party, limit: 20 }));
  const people = useLoaded(`people of ${party}`, () => get<List<StoredPerson>>('people', { code: party, limit: 60 }));
  const said = useLoaded(`said by ${party}`, () => get<List<StoredStatement>>('statements', { speaker: party, limit: 12 }));
  return (
    <>
      <Waiting of={parties}>
        {({ items }) => (
          <>
            <h1>{items.find((item) => item.party === party)?.name ?? party}</h1>
            <p>
              With{' '}
              {items
                .filter((item) => item.party !== party)
                .slice(0, 12)
                .map((other) => (
                  <>
                    <a href={`/dyad?${new URLSearchParams({ a: party, b: other.party })}`}>{other.name}</a>{' '}
                  </>
                ))}
            </p>
          </>
        )}
      </Waiting>
      <h2>People</h2>
      <Waiting of={people}>
        {(list) => {
          const once = [...new Map(list.items.map((item) => [item.person.name, item])).values()];
          return (
            <ul>
              {once.map(({ person, document_id }) => (
                <li>
                  <a href={`/read/${encodeURIComponent(document_id)}`}>{person.name}</a>
                  {person.office && `, ${person.office}`}
                  {person.age != null && `, ${person.age}`}
                </li>
              ))}
            </ul>
          );
        }}
      </Waiting>
      <h2>Says</h2>
      <Waiting of={said}>
        {(list) => (
          <ul>
            {list.items.map((item) => (
              <li>
                <time>{item.published}</time> {item.statement.speaker?.entity_name}:{' '}
                <a href={`/read/${encodeURIComponent(item.document_id)}`}>“{item.statement.content.text}”</a>
              </li>
            ))}
          </ul>
        )}
      </Waiting>
      <h2>Does</h2>
      <Waiting of={events}>
        {(list) => (
          <>
            {list.items.map((stored) => (
              <EventCard key={stored.event.id} stored={stored} />
            ))}
            <a href={`/events?party=${encodeURIComponent(party)}`}>All {list.total} events</a>
          </>
        )}
      </Waiting>
    </>
  );
}
