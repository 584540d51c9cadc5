import AxeBuilder from '@axe-core/playwright';
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import type { DocumentItem, Happening, Page as Listed, StoredEvent } from '../../src/api/types';
import { quiet, settled, watch } from '../watch';
import { ask } from './ask';

/** Every view on the real year: name, address, what it must show. */
const VIEWS: [name: string, path: string | ((request: APIRequestContext) => Promise<string>), text: RegExp][] = [
  ['today', '/', /Newest happenings/],
  ['today-filtered', '/?party=NOR&type=ACCUSE', /Filters \(2 set\)/],
  ['read', '/read', /· \d+ events/],
  ['article', articleOf, /Events [4-9]|Events \d\d/],
  ['events', '/events?party=NOR', /\d+ events/],
  ['evidence', evidenceOf, /2 events/],
  ['happening', happeningOf, /of \d+ sources?/],
  ['dyad', '/dyad?a=NOR&b=DNK', /North Atlantic Treaty/],
  ['dyad-day', '/dyad?a=NOR&b=DNK&step=week&from=2031-06-01&to=2031-09-30', /Formal ties/],
  ['network', '/axes?on=2031-06-30&pick=DNK,NOR', /Denmark and Norway/],
  ['matrix', '/axes?on=2031-06-30&view=matrix', /Axes on 30 June 2031/],
  ['actors', '/actor', /Norway/],
  ['actor', '/actor?party=NOR', /People and offices/],
  ['search', '/search?q=truce', /Statements/],
  ['watchlists', '/watchlists', /New watchlist/],
  ['review', '/review', /Accept/],
  ['nowhere', '/nowhere', /Today’s happenings/],
];

async function articleOf(request: APIRequestContext): Promise<string> {
  const { items } = await ask<Listed<DocumentItem>>(request, '/documents?limit=50');
  const article = items.find((each) => each.events > 3);
  return `/read?document=${encodeURIComponent(article?.id ?? '')}`;
}

async function evidenceOf(request: APIRequestContext): Promise<string> {
  const { items } = await ask<Listed<StoredEvent>>(request, '/events?limit=2');
  return `/events?about=Two%20events&ids=${items.map((each) => each.event.id).join(',')}`;
}

async function happeningOf(request: APIRequestContext): Promise<string> {
  const { items } = await ask<Listed<Happening>>(request, '/happenings?limit=50');
  const told = items.find((each) => each.mentions.length > 1) ?? items[0];
  return `/happening?id=${told?.id}`;
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

for (const [name, path, text] of VIEWS) {
  test(`shows ${name}, accessible in light and dark`, async ({ page, request }) => {
    const watched = watch(page);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(typeof path === 'string' ? path : await path(request));
    await settled(page);
    await expect(page.locator('main')).toContainText(text);
    await page.screenshot({ path: `test-results/pages/${name}.png`, fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faultsOf(page)).toEqual([]);
    quiet(watched);
  });

  test(`fits 360 pixels: ${name}`, async ({ page, request }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(typeof path === 'string' ? path : await path(request));
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.screenshot({ path: `test-results/pages/${name}-360.png`, fullPage: true });
  });
}
