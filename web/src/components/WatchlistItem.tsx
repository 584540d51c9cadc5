import { BASE, remove } from '../api/client';
import type { Watchlist } from '../api/types';
import { toEvents } from '../state/links';
import { hrefWith } from '../state/place';
import { ApiLink } from './ApiLink';
import { CopyButton } from './CopyButton';
import { WebhookLine } from './WebhookLine';

const told = (filter: Watchlist['filter']): string =>
  Object.entries(filter).map(([name, value]) => `${name} ${value}`).join(', ') || 'everything';

/** One watchlist with its alerts, events and feed. */
export function WatchlistItem({ list, onGone }: { list: Watchlist; onGone: () => void }) {
  const feed = `${BASE}/watchlists/${encodeURIComponent(list.id)}/feed`;
  return (
    <li class="record">
      <p><strong><bdi>{list.name}</bdi></strong> <span class="quiet"><bdi>{told(list.filter)}</bdi></span></p>
      <p class="record-foot">
        <a href={hrefWith({ list: String(list.id) })} aria-label={`Alerts of ${list.name}`}>Alerts</a> ·{' '}
        <a href={toEvents(list.filter)} aria-label={`Events of ${list.name}`}>Events</a> ·{' '}
        <ApiLink href={feed} name={`watchlist-${list.id}.atom`} type="application/atom+xml" label={`Feed of ${list.name}`}>Feed</ApiLink>{' '}
        (<CopyButton text={location.origin + feed} label={`Copy the address of ${list.name}’s feed`}>copy address</CopyButton>) ·{' '}
        <button type="button" class="link" aria-label={`Delete ${list.name}`} onClick={() => void remove(`/watchlists/${encodeURIComponent(list.id)}`).finally(onGone)}>Delete</button>
      </p>
      {list.webhook && <WebhookLine webhook={list.webhook} delivery={list.delivery} />}
    </li>
  );
}
