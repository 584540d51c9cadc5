import { useState } from 'preact/hooks';
import { address, hasToken } from '../api/client';
import type { Page, Watchlist } from '../api/types';
import { useLoad } from '../api/use_load';
import { Alerts } from '../components/Alerts';
import { Waiting } from '../components/Waiting';
import { WatchlistForm } from '../components/WatchlistForm';
import { WatchlistItem } from '../components/WatchlistItem';
import { query } from '../state/place';

const FEED_NEEDS =
  'This server wants a token: a feed reader must send the header Authorization: Bearer TOKEN with the address of a feed.';

/** What the reader has the ledger watch for. */
export function Watchlists() {
  const [again, setAgain] = useState(0);
  const loaded = useLoad<Page<Watchlist>>(address('/watchlists'), again);
  const chosen = query.value.get('list');
  const reload = (): void => setAgain((before) => before + 1);
  return (
    <>
      <h1>Watchlists</h1>
      <Waiting loaded={loaded}>
        {({ items }) => (
          <>
            {items.length === 0 && <p class="quiet">None yet.</p>}
            <ul class="records">{items.map((list) => <WatchlistItem key={list.id} list={list} onGone={reload} />)}</ul>
            {items.length > 0 && hasToken() && <p class="quiet">{FEED_NEEDS}</p>}
          </>
        )}
      </Waiting>
      {chosen && <Alerts id={chosen} />}
      <h2>New watchlist</h2>
      <WatchlistForm onMade={reload} />
    </>
  );
}
