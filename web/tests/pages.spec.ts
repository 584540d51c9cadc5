import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { quiet, settled, watch } from './watch';

const DOCUMENT = '/read?document=2031-12-05-straits-courier-1';

const PAGES: [path: string, heading: string, text: string][] = [
  ['/', 'Today', 'Newest happenings'],
  ['/read', 'Read', 'Articles of the ledger'],
  [DOCUMENT, 'Singapore and Malaysia ready to send truce monitors', 'Kolgrim Bank'],
  ['/events?party=NOR', 'Events', 'Norway'],
  ['/events?ids=6f9863a7b1af5d26&about=One%20event', 'One event', 'asked for Botswanan officers'],
  ['/happening?id=74afe2d52599ffc7', 'Happening', 'Reports'],
  ['/dyad', 'Dyad', 'Name two parties'],
  ['/dyad?a=NOR&b=DNK&at=2031-11-01', 'Norway and Denmark', 'North Atlantic Treaty'],
  ['/axes?on=2031-09-30&pick=DNK,NOR', 'Axes', 'against'],
  ['/axes?on=2031-09-30&view=matrix', 'Axes', 'of evidence'],
  ['/actor', 'Actors', 'Norway'],
  ['/actor?party=NOR', 'Norway', 'People and offices'],
  ['/search?q=truce', 'Search', 'Statements'],
  ['/watchlists', 'Watchlists', 'New watchlist'],
  ['/review', 'Review', 'Accept'],
  ['/read/2031-12-05-straits-courier-1?event=6f9863a7b1af5d26', 'Singapore and Malaysia ready to send truce monitors', 'for Botswanan officers'],
  ['/nowhere', 'No such page', 'Today’s happenings'],
];

for (const [path, heading, text] of PAGES) {
  test(`shows ${path}`, async ({ page }) => {
    const watched = watch(page);
    await page.goto(path);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page.locator('main')).toContainText(text);
    quiet(watched);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible in ${colorScheme}: ${path}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(path);
      await settled(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  }

  test(`fits 360 pixels: ${path}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
