import type { ComponentChild } from 'preact';
import { Actor } from './pages/actor';
import { Axes } from './pages/axes';
import { DyadPage } from './pages/dyad';
import { Events } from './pages/events';
import { Read } from './pages/read';
import { Search } from './pages/search';
import { Today } from './pages/today';
import { ThemeButton } from './parts/theme';
import { type Place, usePlace } from './route';

const PAGES: [string, string][] = [
  ['/', 'Today'],
  ['/axes', 'Axes'],
  ['/dyad', 'Dyad'],
  ['/events', 'Events'],
  ['/search', 'Search'],
  ['/read', 'Read'],
];

function page(place: Place): ComponentChild {
  const [first = '', second = ''] = place.path;
  switch (first) {
    case '':
      return <Today query={place.query} />;
    case 'axes':
      return <Axes query={place.query} />;
    case 'dyad':
      return <DyadPage query={place.query} />;
    case 'events':
      return <Events query={place.query} />;
    case 'search':
      return <Search query={place.query} />;
    case 'read':
      return <Read id={second} query={place.query} />;
    case 'actor':
      return <Actor party={second} />;
    default:
      return <p>There is no such page.</p>;
  }
}

export function App() {
  const place = usePlace();
  const here = `/${place.path[0] ?? ''}`;
  return (
    <>
      <a class="skip" href="#content">
        To the content
      </a>
      <header>
        <a class="brand" href="/">
          Entente
        </a>
        <nav aria-label="Pages">
          {PAGES.map(([path, name]) => (
            <a href={path} aria-current={path === here ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <ThemeButton />
      </header>
      <main id="content" tabIndex={-1}>
        {page(place)}
      </main>
    </>
  );
}
