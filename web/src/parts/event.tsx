import { useState } from 'preact/hooks';
import { post } from '../api';
import type { Entity, EventRecord, StoredEvent } from '../types';

const QUADS = ['', 'verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict'];

export function quadClass(quad: number): string {
  return quad <= 2 ? 'friendly' : 'hostile';
}

export function Parties({ of }: { of: Entity[] }) {
  if (!of.length) return <span class="unknown">nobody named</span>;
  return (
    <>
      {of.map((party, place) => (
        <>
          {place > 0 && ', '}
          {party.code ? <a href={`/actor/${encodeURIComponent(party.code)}`}>{party.entity_name}</a> : party.entity_name}
          {party.code && <small> {[party.code, party.sector].filter(Boolean).join(' ')}</small>}
        </>
      ))}
    </>
  );
}

/** One event: who did what to whom, when, on whose word; its reasons on demand; and what somebody thinks of it. */
export function EventCard({ stored }: { stored: StoredEvent }) {
  const { event } = stored;
  return (
    <article class={`event ${quadClass(event.quad_code)}`}>
      <p>
        <time>{event.date ?? 'undated'}</time> <b title={QUADS[event.quad_code]}>{[event.event, ...event.mode].join(' ')}</b>{' '}
        <Parties of={event.actor} /> → <Parties of={event.recipient} />
        {event.aux.length > 0 && <span class="tag">{event.aux.join(', ')}</span>}
      </p>
      {event.claim.length > 0 && (
        <p>
          on the word of <Parties of={event.claim} />
        </p>
      )}
      {event.condition && <p>if: “{event.condition.text}”</p>}
      <p class="source">
        {event.trigger.text && <>“{event.trigger.text}” · </>}
        {event.document_id ? (
          <a href={`/read/${encodeURIComponent(event.document_id)}?event=${event.id}`}>{stored.title ?? 'the article'}</a>
        ) : (
          stored.title
        )}
        {stored.source && <> · {stored.source}</>} · confidence {event.confidence.toFixed(2)}
      </p>
      <Why event={event} />
    </article>
  );
}

function Why({ event }: { event: EventRecord }) {
  return (
    <details>
      <summary>Why, and is it right?</summary>
      <ul>
        {event.reason.map((reason) => (
          <li>{reason}</li>
        ))}
        {event.date_reason && <li>date: {event.date_reason}</li>}
        <li>
          record <code>{event.id}</code>
        </li>
      </ul>
      <ReviewButtons id={event.id} />
    </details>
  );
}

function ReviewButtons({ id }: { id: string }) {
  const [told, tell] = useState('');
  const give = (verdict: string) =>
    post('reviews', { event_id: id, verdict }).then(
      () => tell(`kept: ${verdict}`),
      (error: Error) => tell(error.message),
    );
  return (
    <p class="review">
      <button type="button" onClick={() => give('accept')}>
        Right
      </button>
      <button type="button" onClick={() => give('reject')}>
        No such event
      </button>
      <span role="status">{told}</span>
    </p>
  );
}
