import { useMemo } from 'preact/hooks';
import { useEvents } from '../api/use_events';
import { rowOfEvent } from '../export/rows';
import { EventList } from './EventList';
import { ExportBar } from './ExportBar';

/** The events behind a number, with their sentences. */
export function EvidenceList({ ids, name }: { ids: readonly string[]; name: string }) {
  const found = useEvents(ids);
  const sentences = useMemo(
    () => new Map((found ?? []).map((each) => [each.event.event.id, each.sentence ?? ''])),
    [found],
  );
  if (!found) return <p class="quiet" role="status">Loading…</p>;
  const events = found.map((each) => each.event);
  return (
    <>
      <ExportBar name={name} rows={() => events.map(rowOfEvent)} json={() => found} evidence={() => ids} />
      <EventList events={events} sentences={sentences} total={events.length} />
    </>
  );
}
