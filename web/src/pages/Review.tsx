import { useState } from 'preact/hooks';
import { BASE, address } from '../api/client';
import type { Explanation, Page, Review as Judged, StoredEvent } from '../api/types';
import { useLoad } from '../api/use_load';
import { ApiLink } from '../components/ApiLink';
import { JudgeForm } from '../components/JudgeForm';
import { JudgedList } from '../components/JudgedList';
import { Waiting } from '../components/Waiting';
import { change, hrefWith, query } from '../state/place';

/** Judging records one by one, the least certain first. */
export function Review() {
  const [again, setAgain] = useState(0);
  const judged = useLoad<Page<Judged>>(address('/reviews', { limit: 500 }), again);
  const queue = useLoad<Page<StoredEvent>>(address('/events', { sort: 'confidence', ascending: true, limit: 200 }));
  const done = new Set((judged.value?.items ?? []).map((each) => each.event_id));
  const waiting = (queue.value?.items ?? []).map((each) => each.event.id).filter((id) => !done.has(id));
  const chosen = query.value.get('event');
  const id = chosen ?? waiting[0];
  const next = (): void => {
    setAgain((before) => before + 1);
    if (chosen) change({ event: null });
  };
  return (
    <>
      <h1>Review</h1>
      <p class="quiet">
        {waiting.length} of the least certain records wait.{' '}
        <ApiLink href={`${BASE}/reviews/export`} name="gold.jsonl" isFile>Gold records of all reviews</ApiLink>
      </p>
      {queue.error && <Waiting loaded={queue}>{() => null}</Waiting>}
      {id ? <Judge key={id} id={id} onDone={next} /> : queue.value && <p>Nothing waits to be judged.</p>}
      {waiting[1] && <p><a href={hrefWith({ event: waiting.find((each) => each !== id) })}>Skip this one</a></p>}
      <Waiting loaded={judged}>{({ items }) => <JudgedList reviews={items} />}</Waiting>
    </>
  );
}

function Judge({ id, onDone }: { id: string; onDone: () => void }) {
  const loaded = useLoad<Explanation>(address(`/events/${encodeURIComponent(id)}`));
  return <Waiting loaded={loaded}>{(explanation) => <JudgeForm explanation={explanation} onDone={onDone} />}</Waiting>;
}
