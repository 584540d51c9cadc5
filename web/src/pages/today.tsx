import { Suspense, lazy } from 'preact/compat';
import { get } from '../api';
import { useLoaded } from '../load';
import { quadClass } from '../parts/event';
import { Filters } from '../parts/filters';
import { Waiting } from '../parts/waiting';
import type { List, StoredEvent, Surge } from '../types';

const WorldMap = lazy(() => import('../parts/map').then((part) => part.WorldMap));

interface Happening {
  id: string;
  event: string;
  mode: string[];
  date?: string | null;
  actors: { value: string }[];
  recipients: { value: string }[];
  sources: number;
  event_scale: number;
}

/** What is new: surges, happenings, and where. */
export function Today({ query }: { query: URLSearchParams }) {
  const parties = useLoaded('parties', () => get<{ span: [string, string] | null }>('parties'));
  return <Waiting of={parties}>{({ span }) => <Until query={query} last={span?.[1] ?? ''} />}</Waiting>;
}

/** Up to the last day on which anything was done: what is announced for later days is not of today. */
function Until({ query, last }: { query: URLSearchParams; last: string }) {
  const filters = { to: last, ...Object.fromEntries(query) };
  const events = useLoaded(`today?${query}`, () => get<List<StoredEvent>>('events', { ...filters, limit: 60, aux: 'none' }));
  const surges = useLoaded('surges', () => get<{ items: Surge[] }>('surges', { limit: 8 }));
  const happenings = useLoaded(`happenings?${query}`, () => get<List<Happening>>('happenings', { ...filters, limit: 25 }));
  return (
    <>
      <h1>Today</h1>
      <Filters query={query} names={['party', 'type', 'from', 'to', 'text']} />
      <section aria-labelledby="surges">
        <h2 id="surges">Unusual</h2>
        <Waiting of={surges}>{({ items }) => (items.length ? <SurgeList items={items} /> : <p>Nothing.</p>)}</Waiting>
      </section>
      <section aria-labelledby="map">
        <h2 id="map">Where</h2>
        <Waiting of={events}>
          {(list) => (
            <Suspense fallback={<p>Loading…</p>}>
              <WorldMap events={list.items} />
            </Suspense>
          )}
        </Waiting>
      </section>
      <section aria-labelledby="happenings">
        <h2 id="happenings">Happenings</h2>
        <Waiting of={happenings}>{(list) => <HappeningList items={list.items} />}</Waiting>
      </section>
    </>
  );
}

function SurgeList({ items }: { items: Surge[] }) {
  return (
    <ul class="surges">
      {items.map((surge) => (
        <li class={surge.matter === 'conflict' ? 'hostile' : 'friendly'}>
          <a href={surgeLink(surge)}>
            {surge.parties.join(' and ')}: {surge.acts} acts of {surge.matter}
          </a>{' '}
          in the week to <time>{surge.to}</time>, {surge.expected.toFixed(1)} expected
        </li>
      ))}
    </ul>
  );
}

function surgeLink(surge: Surge): string {
  const [party = '', other] = surge.parties;
  const quad = surge.matter === 'conflict' ? '3,4' : '1,2';
  return `/events?${new URLSearchParams({ party, ...(other ? { with: other } : {}), quad, from: surge.from, to: surge.to, aux: 'none' })}`;
}

function HappeningList({ items }: { items: Happening[] }) {
  const names = (parties: Happening['actors']) =>
    parties.length ? parties.map((party) => party.value).join(' + ') : 'nobody named';
  return (
    <ul class="happenings">
      {items.map((item) => (
        <li key={item.id} class={quadClass(item.event_scale < 0 ? 4 : 1)}>
          <time>{item.date ?? 'undated'}</time> <b>{[item.event, ...(item.mode ?? [])].join(' ')}</b> {names(item.actors)} →{' '}
          {names(item.recipients)}{' '}
          <a href={`/events?happening=${encodeURIComponent(item.id)}`}>
            {item.sources} {item.sources === 1 ? 'source' : 'sources'}
          </a>
        </li>
      ))}
    </ul>
  );
}
