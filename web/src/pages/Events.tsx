import { address } from '../api/client';
import type { Page, StoredEvent } from '../api/types';
import { useLoad } from '../api/use_load';
import { EventList } from '../components/EventList';
import { EvidenceList } from '../components/EvidenceList';
import { ExportBar } from '../components/ExportBar';
import { FilterForm } from '../components/FilterForm';
import { Pager } from '../components/Pager';
import { Waiting } from '../components/Waiting';
import { rowOfEvent } from '../export/rows';
import { filtersOf } from '../state/filters';
import { query } from '../state/place';

/** Events by filters, or those behind a number by their ids. */
export function Events() {
  const now = query.value;
  const ids = now.get('ids');
  if (ids) return <EvidencePage ids={ids.split(',')} about={now.get('about')} />;
  return <FilteredEvents />;
}

function EvidencePage({ ids, about }: { ids: string[]; about: string | null }) {
  return (
    <>
      <h1 dir="auto">{about ?? 'Evidence'}</h1>
      <p><a href="/events">All events</a></p>
      <EvidenceList ids={ids} name="evidence" />
    </>
  );
}

function FilteredEvents() {
  const now = query.value;
  const asked = { ...filtersOf(now), sort: now.get('sort'), ascending: now.get('ascending'), after: now.get('after') };
  const loaded = useLoad<Page<StoredEvent>>(address('/events', asked));
  return (
    <>
      <h1>Events</h1>
      <FilterForm sort />
      <Waiting loaded={loaded}>
        {({ items, next, total }) => (
          <>
            <ExportBar
              name="events"
              rows={() => items.map(rowOfEvent)}
              json={() => items}
              evidence={() => items.map((each) => each.event.id)}
            />
            <EventList events={items} total={total} />
            <Pager next={next} />
          </>
        )}
      </Waiting>
    </>
  );
}
