import { address } from '../api/client';
import type { Page, StoredEvent } from '../api/types';
import { useLoad } from '../api/use_load';
import { rowOfEvent } from '../export/rows';
import { EventList } from './EventList';
import { ExportBar } from './ExportBar';
import { Waiting } from './Waiting';

/** What a watchlist has caught, newest first. */
export function Alerts({ id }: { id: string }) {
  const loaded = useLoad<Page<StoredEvent>>(address(`/watchlists/${encodeURIComponent(id)}/alerts`));
  return (
    <section aria-labelledby="alerts-title">
      <h2 id="alerts-title">Alerts</h2>
      <Waiting loaded={loaded}>
        {({ items, total }) => (
          <>
            <ExportBar name={`alerts-${id}`} rows={() => items.map(rowOfEvent)} json={() => items} evidence={() => items.map((each) => each.event.id)} />
            <EventList events={items} total={total} />
          </>
        )}
      </Waiting>
    </section>
  );
}
