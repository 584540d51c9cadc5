import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { refused } from './api/client';
import { Shell } from './components/Shell';
import { TokenForm } from './components/TokenForm';
import { Actor } from './pages/Actor';
import { Events } from './pages/Events';
import { HappeningPage } from './pages/HappeningPage';
import { NotFound } from './pages/NotFound';
import { Read } from './pages/Read';
import { Review } from './pages/Review';
import { Search } from './pages/Search';
import { Today } from './pages/Today';
import { Watchlists } from './pages/Watchlists';
import { lazy, Suspense } from './state/lazy';
import { path } from './state/place';

const Dyad = lazy(() => import('./pages/Dyad').then((module) => module.Dyad));
const Axes = lazy(() => import('./pages/Axes').then((module) => module.Axes));

const VIEWS: Record<string, [name: string, view: ComponentType]> = {
  '/': ['Today', Today],
  '/read': ['Read', Read],
  '/events': ['Events', Events],
  '/happening': ['Happening', HappeningPage],
  '/dyad': ['Dyad', Dyad],
  '/axes': ['Axes', Axes],
  '/actor': ['Actor', Actor],
  '/search': ['Search', Search],
  '/watchlists': ['Watchlists', Watchlists],
  '/review': ['Review', Review],
};

/** The desk: the view that the address names. */
export function App() {
  const [name, View] = VIEWS[`/${path.value.split('/')[1] ?? ''}`] ?? ['No such page', NotFound];
  useEffect(() => {
    document.title = `${name} – Entente`;
  }, [name]);
  return (
    <Shell>
      <Suspense fallback={<p class="quiet" role="status">Loading…</p>}>
        {refused.value > 0 ? <TokenForm /> : <View />}
      </Suspense>
    </Shell>
  );
}
