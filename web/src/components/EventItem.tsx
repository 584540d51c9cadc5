import type { StoredEvent } from '../api/types';
import { toDocument, toHappening, toReview } from '../state/links';
import { Arrow } from './Arrow';
import { Entities } from './Entities';
import { EventDate } from './EventDate';
import { TypeTag } from './TypeTag';

/** One event in a list. */
export function EventItem({ stored, sentence }: { stored: StoredEvent; sentence?: string | undefined }) {
  const { event, source, title } = stored;
  return (
    <li class="record">
      <div class="record-head">
        <EventDate date={event.date} published={stored.published} aux={event.aux} />
        <TypeTag type={event.event} mode={event.mode} quad={event.quad_code} />
        {event.aux.length > 0 && <span class="quiet">{event.aux.join(', ')}</span>}
      </div>
      <p>
        <Entities list={event.actor} />
        <Arrow />
        <Entities list={event.recipient} none="no one named" />
        {event.claim.length > 0 && <span class="quiet"> says <Entities list={event.claim} /></span>}
      </p>
      {sentence ? <blockquote dir="auto">{sentence}</blockquote> : <p class="quiet">“<bdi>{event.trigger.text}</bdi>”</p>}
      <p class="record-foot quiet">
        <a href={toDocument(event.document_id, event.id)}><bdi>{title ?? event.document_id}</bdi></a>
        {source && <span> · <bdi>{source}</bdi></span>}
        <span> · confidence {event.confidence.toFixed(2)}</span>
        {event.happening_id && <span> · <a href={toHappening(event.happening_id)} aria-label={`Happening of ${event.event} by ${event.trigger.text}`}>happening</a></span>}
        <span> · <a href={toReview(event.id)} aria-label={`Review ${event.event}, ${event.trigger.text}`}>review</a></span>
      </p>
    </li>
  );
}
