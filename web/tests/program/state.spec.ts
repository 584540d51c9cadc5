import { expect, test, type Locator, type Page } from '@playwright/test';
import { slidesThroughTheYear } from '../slider';
import { quiet, settled, watch } from '../watch';

/** Presses Tab until something has the focus, as someone without a mouse does. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached by ${most} tabs: ${target}`);
}

test('filters stand in the address and hold what is shown', async ({ page }) => {
  await page.goto('/events');
  await settled(page);
  await page.getByText('Filters', { exact: true }).click();
  await page.getByLabel('Party').fill('NOR');
  await page.getByLabel('Type').selectOption('ACCUSE');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page).toHaveURL(/party=NOR.*type=ACCUSE/);
  await page.reload();
  await settled(page);
  await expect(page.getByLabel('Party')).toHaveValue('NOR');
  const types = await page.locator('main .record .tag').allInnerTexts();
  expect(types.length).toBeGreaterThan(0);
  expect(types.filter((type) => !type.includes('ACCUSE'))).toEqual([]);
  await page.goBack();
  await expect(page).toHaveURL(/\/events$/);
});

test('the slider moves the axes through the year', async ({ page }) => slidesThroughTheYear(page));

test('the balance of a day leads to the evidence of the pairs that strain it', async ({ page }) => {
  await page.goto('/axes?on=2031-06-30');
  await settled(page);
  const balance = page.getByRole('region', { name: 'Balance' });
  await expect(balance).toContainText(/\d+ of \d+ triads are balanced/);
  await balance.getByRole('listitem').filter({ hasText: 'certainty' }).first().getByRole('link').click();
  await expect(page).toHaveURL(/pick=/);
  await settled(page);
  await expect(page.getByRole('region', { name: / and / }).locator('.record').first()).toBeVisible();
});

test('the matrix is moved through by arrows', async ({ page }) => {
  await page.goto('/axes?on=2031-06-30&view=matrix');
  await settled(page);
  await page.getByRole('region', { name: 'Drawing of the parties' }).focus();
  await page.keyboard.press('Tab');
  const focused = page.locator('[role="gridcell"]:focus');
  const first = await focused.getAttribute('aria-label');
  await page.keyboard.press('End');
  expect(await focused.getAttribute('aria-label')).not.toBe(first);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/pick=/);
});

test('a step of a dyad leads to its events and their sentences', async ({ page }) => {
  const watched = watch(page);
  await page.goto('/dyad?a=NOR&b=DNK');
  await settled(page);
  const steps = page.getByRole('link', { name: /^Norway to Denmark, .* [1-9]\d* acts?$/ });
  await steps.first().press('Enter');
  await expect(page).toHaveURL(/at=2031-\d\d-\d\d/);
  await expect(page.locator('.record blockquote').first()).toBeVisible();
  quiet(watched);
});

test('the desk is used without a mouse', async ({ page }) => {
  const watched = watch(page);
  await page.goto('/');
  await settled(page);
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }), 1);
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await tabTo(page, page.locator('summary', { hasText: 'Filters' }), 4);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Party'), 2);
  await page.keyboard.type('NOR');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/party=NOR/);
  await settled(page);
  await tabTo(page, page.locator('main .record a').first());
  await page.goto('/');
  await settled(page);
  await tabTo(page, page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Review' }), 12);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
  await settled(page);
  await tabTo(page, page.getByRole('button', { name: 'Accept' }));
  quiet(watched);
});
