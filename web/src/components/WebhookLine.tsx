import type { Delivery } from '../api/types';
import { countOf, readableTime } from '../words';

/** Where alerts are sent, and how the last sending went. */
export function WebhookLine({ webhook, delivery }: { webhook: string; delivery: Delivery | null | undefined }) {
  return (
    <p class="record-foot">
      Webhook <bdi>{webhook}</bdi> <LastDelivery delivery={delivery} />
    </p>
  );
}

function LastDelivery({ delivery }: { delivery: Delivery | null | undefined }) {
  if (!delivery) return <span class="quiet">· nothing sent yet</span>;
  const { at, events, failure } = delivery;
  const sent = `${countOf(events, 'event')}, ${readableTime(at)}`;
  if (failure) return <span class="problem-text">· not delivered: <bdi>{failure}</bdi> ({sent})</span>;
  return <span class="quiet">· last delivered {sent}</span>;
}
