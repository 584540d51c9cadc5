import { lazy, Suspense } from '../state/lazy';
import { address } from '../api/client';
import type { ListedHappening, Page } from '../api/types';
import { useLoad } from '../api/use_load';
import { ExportBar } from '../components/ExportBar';
import { FilterForm } from '../components/FilterForm';
import { HappeningList } from '../components/HappeningList';
import { News } from '../components/News';
import { Outlook } from '../components/Outlook';
import { Pager } from '../components/Pager';
import { Surges } from '../components/Surges';
import { Waiting } from '../components/Waiting';
import { rowOfHappening } from '../export/rows';
import { filtersOf } from '../state/filters';
import { query } from '../state/place';
import { useRef, useState } from 'preact/hooks';

const WorldMap = lazy(() => import('../charts/WorldMap').then((module) => module.WorldMap));

/** The newest acts in the world, where they are, and what is unusual about them. */
export function Today() {
  const now = query.value;
  const [again, setAgain] = useState(0);
  const map = useRef<HTMLElement>(null);
  const asked = { ...filtersOf(now), after: now.get('after'), limit: 50 };
  const loaded = useLoad<Page<ListedHappening>>(address('/happenings', asked), again);
  return (
    <>
      <h1>Today</h1>
      <News onShow={() => setAgain(again + 1)} />
      <FilterForm />
      <Waiting loaded={loaded}>
        {({ items, next }) => (
          <>
            <ExportBar
              name="happenings"
              rows={() => items.map(rowOfHappening)}
              json={() => items}
              evidence={() => items.flatMap((each) => each.mentions.map((mention) => mention.event_id))}
              drawing={map}
            />
            <div class="columns wide-first">
              <section><h2>Newest happenings</h2><HappeningList happenings={items} /><Pager next={next} /></section>
              <div>
                <Suspense fallback={<p class="quiet" role="status">Loading the map…</p>}>
                  <WorldMap happenings={items} drawing={map} />
                </Suspense>
                <Surges />
                <Outlook />
              </div>
            </div>
          </>
        )}
      </Waiting>
    </>
  );
}
