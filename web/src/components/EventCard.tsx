import type { EventRecord } from '../api/types';
import { toHappening, toReview } from '../state/links';
import { quadName, signed } from '../words';
import { Entities } from './Entities';
import { EventDate } from './EventDate';
import { TypeTag } from './TypeTag';

const sizeOf = ({ size }: EventRecord): string =>
  (['dead', 'injured', 'arrested'] as const)
    .filter((kind) => size[kind] !== null)
    .map((kind) => `${size[kind]} ${kind}`)
    .join(', ');

interface Props {
  event: EventRecord;
  published: string | null;
  /** Whether the ledger holds it, so that it can be judged. */
  stored: boolean;
}

/** One event in full: what it says and why it was coded so. */
export function EventCard({ event, published, stored }: Props) {
  const size = sizeOf(event);
  return (
    <section aria-label={`Event ${event.event}`}>
      <h2><TypeTag type={event.event} mode={event.mode} quad={event.quad_code} /></h2>
      <dl class="facts">
        <dt>Actor</dt><dd><Entities list={event.actor} /></dd>
        <dt>Recipient</dt><dd><Entities list={event.recipient} none="no one named" /></dd>
        {event.claim.length > 0 && <><dt>Claimed by</dt><dd><Entities list={event.claim} /></dd></>}
        <dt>Date</dt>
        <dd>
          <EventDate date={event.date} published={published} aux={event.aux} />
          {event.date_reason && <span class="quiet"> from {event.date_reason}</span>}
        </dd>
        {event.event_loc && <><dt>Place</dt><dd><bdi>{event.event_loc.extracted_place}</bdi></dd></>}
        {event.aux.length > 0 && <><dt>Status</dt><dd>{event.aux.join(', ')}</dd></>}
        {event.context.length > 0 && <><dt>Context</dt><dd>{event.context.join(', ')}</dd></>}
        {size && <><dt>Size</dt><dd>{size}</dd></>}
        {event.condition && <><dt>If</dt><dd><bdi>{event.condition.text}</bdi></dd></>}
        {event.content && <><dt>Content</dt><dd><bdi>{event.content.text}</bdi></dd></>}
        <dt>Scale</dt><dd>{signed(event.event_scale)}, {quadName(event.quad_code)}</dd>
        <dt>Confidence</dt><dd>{event.confidence.toFixed(2)}</dd>
        <dt>Because</dt><dd><ul>{event.reason.map((reason) => <li key={reason}>{reason}</li>)}</ul></dd>
        <dt>Coded by</dt><dd class="quiet">{event.coder}, {event.codebook}</dd>
      </dl>
      {stored && (
        <p>
          {event.happening_id && <><a href={toHappening(event.happening_id)}>All reports of it</a> · </>}
          <a href={toReview(event.id)}>Judge this record</a>
        </p>
      )}
    </section>
  );
}
