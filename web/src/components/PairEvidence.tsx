import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { address } from '../api/client';
import type { Page, StoredEvent } from '../api/types';
import { useLoad } from '../api/use_load';
import { toDyad, toEvents } from '../state/links';
import { hrefWith } from '../state/place';
import { nameOf } from '../state/parties';
import { EventList } from './EventList';
import { Waiting } from './Waiting';

/** Ids of the events in view, for the evidence bundle. */
export const pairEvents = signal<string[]>([]);

/** The events between the two parties of a line or cell, up to the day in view. */
export function PairEvidence({ pair, on }: { pair: string; on: string }) {
  const [one = '', other = ''] = pair.split(',');
  const filter = { party: one, with: other, to: on };
  const loaded = useLoad<Page<StoredEvent>>(address('/events', { ...filter, limit: 30 }));
  useEffect(() => {
    pairEvents.value = loaded.value?.items.map((each) => each.event.id) ?? [];
  }, [loaded.value]);
  const title = useRef<HTMLHeadingElement>(null);
  // On a narrow page the evidence may lie far from what was picked.
  useEffect(() => title.current?.scrollIntoView({ block: 'nearest' }), [pair]);
  return (
    <section aria-labelledby="pair-title">
      <h2 id="pair-title" ref={title}>{nameOf(one)} and {nameOf(other)}</h2>
      <p>
        <a href={toDyad(one, other, { to: on })}>Timeline</a> · <a href={toEvents(filter)}>All events</a> · <a href={hrefWith({ pick: null })}>Close</a>
      </p>
      <Waiting loaded={loaded}>{({ items, total }) => <EventList events={items} total={total} />}</Waiting>
    </section>
  );
}
