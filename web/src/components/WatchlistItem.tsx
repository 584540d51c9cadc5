import { BASE, remove } from '../api/client';
import type { Watchlist } from '../api/types';
import { toEvents } from '../state/links';
import { hrefWith } from '../state/place';

const told = (filter: Watchlist['filter']): string =>
  Object.entries(filter).map(([name, value]) => `${name} ${value}`).join(', ') || 'everything';

/** One watchlist with its alerts, events and feed. */
export function WatchlistItem({ list, onGone }: { list: Watchlist; onGone: () => void }) {
  const part = `${BASE}/watchlists/${encodeURIComponent(list.id)}`;
  return (
    <li class="record">
      <p><strong><bdi>{list.name}</bdi></strong> <span class="quiet"><bdi>{told(list.filter)}</bdi></span></p>
      <p class="record-foot">
        <a href={hrefWith({ list: String(list.id) })} aria-label={`Alerts of ${list.name}`}>Alerts</a> ·{' '}
        <a href={toEvents(list.filter)} aria-label={`Events of ${list.name}`}>Events</a> ·{' '}
        <a href={`${part}/feed`} type="application/atom+xml" aria-label={`Feed of ${list.name}`}>Feed</a> ·{' '}
        <button type="button" class="link" aria-label={`Delete ${list.name}`} onClick={() => void remove(`/watchlists/${encodeURIComponent(list.id)}`).finally(onGone)}>Delete</button>
      </p>
    </li>
  );
}
