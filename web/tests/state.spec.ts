import { expect, test } from '@playwright/test';
import { slidesThroughTheYear } from './slider';
import { settled } from './watch';

test('the slider sets the day in the address', async ({ page }) => slidesThroughTheYear(page));

test('an edge of the network leads to its events', async ({ page }) => {
  await page.goto('/axes?on=2031-09-30');
  await settled(page);
  await page.getByRole('link', { name: /^Denmark and Norway|^Norway and Denmark/ }).first().press('Enter');
  await expect(page).toHaveURL(/pick=DNK%2CNOR/);
  await expect(page.getByRole('heading', { name: 'Denmark and Norway' })).toBeVisible();
});

test('a cell of the matrix leads to its events', async ({ page }) => {
  await page.goto('/axes?on=2031-09-30&view=matrix');
  await settled(page);
  await page.locator('rect.cell', { has: page.locator('title', { hasText: 'Norway' }) }).first().click();
  await expect(page).toHaveURL(/pick=/);
});

test('the matrix is one stop of the keyboard, within which arrows move', async ({ page }) => {
  await page.goto('/axes?on=2031-09-30&view=matrix');
  await settled(page);
  const grid = page.getByRole('grid', { name: /^Matrix of parties/ });
  const at = (cell: string) => grid.locator(`[data-cell="${cell}"]`);
  await expect(grid.locator('rect[tabindex="0"]')).toHaveCount(1);
  await page.getByRole('region', { name: 'Drawing of the parties' }).focus();
  await page.keyboard.press('Tab');
  await expect(at('0 1')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(at('0 1')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  // A party has no cell with itself.
  await expect(at('2 1')).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(at('2 1')).toBeFocused();
  await expect(grid.locator('rect[tabindex="0"]')).toHaveCount(1);
  const [outline, label] = await at('2 1').evaluate((cell) => [getComputedStyle(cell).outlineStyle, cell.getAttribute('aria-label')]);
  expect(outline).toBe('solid');
  expect(label).toMatch(/^.+ and .+: [+−]?\d/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/pick=/);
  await expect(at('2 1')).toBeFocused();
  await expect(at('2 1')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(grid.locator(':focus')).toHaveCount(0);
});

test('filters stand in the address and survive a reload, back and forward', async ({ page }) => {
  await page.goto('/events');
  await settled(page);
  await page.getByText('Filters', { exact: true }).click();
  await page.getByLabel('Party').fill('NOR');
  await page.getByLabel('Type').selectOption('ACCUSE');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page).toHaveURL(/party=NOR/);
  await expect(page).toHaveURL(/type=ACCUSE/);
  await page.reload();
  await expect(page.getByLabel('Party')).toHaveValue('NOR');
  await expect(page.getByLabel('Type')).toHaveValue('ACCUSE');
  await expect(page.locator('.record .tag').first()).toContainText('ACCUSE');
  await page.goBack();
  await expect(page).toHaveURL(/\/events$/);
  await page.goForward();
  await expect(page.getByLabel('Party')).toHaveValue('NOR');
});

test('a step of the timeline leads to its events and their sentences', async ({ page }) => {
  await page.goto('/dyad?a=NOR&b=DNK');
  await settled(page);
  await page.getByRole('link', { name: /^Norway to Denmark, 1 December 2031/ }).click();
  await expect(page).toHaveURL(/at=2031-12-01/);
  await expect(page.locator('.record blockquote').first()).toBeVisible();
});

test('the theme can be chosen and is kept', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Theme').selectOption('dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('what comes in is announced and waits for the reader', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  await page.getByRole('button', { name: 'Show 3 new happenings' }).click();
  await expect(page.getByRole('button', { name: /^Show/ })).toHaveCount(0);
});

test('a country of the map filters by it', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  await page.getByRole('link', { name: /^Norway: \d+ happenings?, leaning/ }).press('Enter');
  await expect(page).toHaveURL(/party=NOR/);
});

test('the balance names both camps, and a pair that strains the split leads to its events', async ({ page }) => {
  await page.goto('/axes?on=2031-06-30&half_life=90');
  await settled(page);
  const balance = page.getByRole('region', { name: 'Balance' });
  await expect(balance).toContainText('22 of 28 triads are balanced (79 %)');
  await expect(balance).toContainText('6 of two foes with a common friend');
  await expect(balance.getByRole('link', { name: 'Norway', exact: true })).toHaveAttribute('href', '/actor?party=NOR');
  await expect(balance.getByText('Frustration')).toBeVisible();
  const pair = balance.getByRole('listitem').filter({ hasText: /across the camps|within a camp/ }).first().getByRole('link');
  const name = await pair.innerText();
  await pair.press('Enter');
  await expect(page).toHaveURL(/pick=[A-Z]{3}%2C[A-Z]{3}/);
  const [one = '', other = ''] = name.split(' and ');
  await expect(page.getByRole('heading', { name: new RegExp(`^(${one} and ${other}|${other} and ${one})$`) })).toBeVisible();
});

test('a balance without triads says so', async ({ page }) => {
  await page.goto('/axes?on=2031-12-31');
  await settled(page);
  await expect(page.getByRole('region', { name: 'Balance' })).toContainText('No triad');
});

test('a ledger without acts has no balance to tell', async ({ page }) => {
  const refusal = { title: 'Bad Request', status: 400, detail: 'the ledger has no act on a known day' };
  await page.route('**/api/v1/balance*', (route) => route.fulfill({ status: 400, contentType: 'application/problem+json', json: refusal }));
  await page.goto('/axes');
  await settled(page);
  await expect(page.getByRole('region', { name: 'Balance' })).toContainText('Too little is known');
});
