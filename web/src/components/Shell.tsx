import type { ComponentChildren } from 'preact';
import { BASE } from '../api/client';
import { path } from '../state/place';
import { ApiLink } from './ApiLink';
import { SearchBox } from './SearchBox';
import { ThemeChoice } from './ThemeChoice';

const VIEWS = [
  ['/', 'Today'],
  ['/read', 'Read'],
  ['/events', 'Events'],
  ['/dyad', 'Dyad'],
  ['/axes', 'Axes'],
  ['/actor', 'Actor'],
  ['/watchlists', 'Watchlists'],
  ['/review', 'Review'],
] as const;

/** What stands around every view. */
export function Shell({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#main">Skip to the content</a>
      <header class="masthead">
        <a class="brand" href="/">Entente</a>
        <nav aria-label="Views">
          <ul>
            {VIEWS.map(([href, name]) => (
              <li key={href}>
                <a href={href} aria-current={path.value === href ? 'page' : undefined}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <SearchBox />
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
      <footer class="foot">
        <span class="quiet">
          Every number leads to the sentences behind it.{' '}
          <ApiLink href={`${BASE}/openapi.json`} name="openapi.json">API</ApiLink>
        </span>
        <ThemeChoice />
      </footer>
    </>
  );
}
