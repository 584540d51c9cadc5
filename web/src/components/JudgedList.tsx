import type { Review } from '../api/types';
import type { Row } from '../export/csv';
import { toEvidence } from '../state/links';
import { ExportBar } from './ExportBar';

const rowOf = ({ event_id, verdict, correction, note }: Review): Row => ({
  event: event_id,
  verdict,
  correction: correction ? JSON.stringify(correction) : '',
  note,
});

/** What has been judged so far. */
export function JudgedList({ reviews }: { reviews: readonly Review[] }) {
  if (reviews.length === 0) return <p class="quiet">Nothing judged yet.</p>;
  return (
    <section aria-labelledby="judged-title">
      <h2 id="judged-title">Judged <span class="quiet">{reviews.length}</span></h2>
      <ExportBar name="reviews" rows={() => reviews.map(rowOf)} json={() => reviews} evidence={() => reviews.map((each) => each.event_id)} />
      <ul class="plain">
        {reviews.toReversed().map((each, place) => (
          <li key={place}>
            <strong>{each.verdict}</strong> <a href={toEvidence([each.event_id], 'Judged record')}>{each.event_id}</a>
            {each.note && <span class="quiet"> <bdi>{each.note}</bdi></span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
