import { computed, signal } from '@preact/signals';

/** Where the reader is. The address holds the whole state of a view, so that it can be sent on. */
export const place = signal(new URL(location.href));

export const path = computed(() => place.value.pathname);
export const query = computed(() => place.value.searchParams);

function moveTo(url: URL, replace: boolean): void {
  if (url.href === place.value.href) return;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  place.value = url;
}

/** Goes to another view. */
export function go(href: string): void {
  const before = place.value.pathname;
  moveTo(new URL(href, location.href), false);
  if (place.value.pathname !== before) window.scrollTo(0, 0);
}

export type Changes = Record<string, string | number | null | undefined>;

/** The address of this view with some of its state changed; empty values are taken out. */
export function hrefWith(changes: Changes, base: URL = place.value): string {
  const url = new URL(base);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, String(value));
  }
  return url.pathname + url.search;
}

/** Changes some of this view's state; `replace` for what should not fill the history, as a moving slider. */
export function change(changes: Changes, replace = false): void {
  moveTo(new URL(hrefWith(changes), location.href), replace);
}

function isPlainClick(click: MouseEvent): boolean {
  return click.button === 0 && !click.defaultPrevented && !(click.metaKey || click.ctrlKey || click.shiftKey || click.altKey);
}

function followLink(click: MouseEvent): void {
  if (!isPlainClick(click) || !(click.target instanceof Element)) return;
  const link = click.target.closest('a');
  const href = link?.getAttribute('href');
  if (!link || !href || link.hasAttribute('download') || link.getAttribute('target')) return;
  if (!href.startsWith('/') || href.startsWith('//') || href.startsWith('/api/')) return;
  click.preventDefault();
  go(href);
}

/** Follows the browser's back and forward, and keeps clicks on links of the desk inside the page. */
export function followHistory(): void {
  window.addEventListener('popstate', () => (place.value = new URL(location.href)));
  document.addEventListener('click', followLink);
}
