import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { settled } from './watch';

async function enter(page: Page, path: string): Promise<void> {
  await page.route('**/api/v1/**', (route) => {
    if (route.request().headers().authorization === 'Bearer secret') return route.fallback();
    return route.fulfill({ status: 401, contentType: 'application/problem+json', json: { title: 'Unauthorized', status: 401, detail: 'a token is needed' } });
  });
  await page.goto(path);
  await page.getByRole('textbox', { name: 'Token' }).fill('secret');
  await page.getByRole('button', { name: 'Go on' }).click();
  await settled(page);
}

test('a server that wants a token is given it', async ({ page }) => {
  await enter(page, '/events');
  await expect(page.locator('.record').first()).toBeVisible();
});

test('what a link leads to is fetched with the token and saved', async ({ page }) => {
  await enter(page, '/review');
  const link = page.getByRole('link', { name: 'Gold records of all reviews' });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(file.suggestedFilename()).toBe('gold.jsonl');
  expect(JSON.parse((await readFile(await file.path())).toString())).toBeInstanceOf(Array);
});

test('a feed keeps its address, to be copied, and says that it wants the token', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter(page, '/watchlists');
  await page.getByLabel('Name').fill('Feed with a token');
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  const item = page.getByRole('listitem').filter({ hasText: 'Feed with a token' });
  await item.getByRole('button', { name: /^Copy the address/ }).click();
  await expect(item.getByRole('status')).toHaveText('copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/watchlists\/\d+\/feed$/);
  await expect(page.getByText('a feed reader must send the header')).toBeVisible();
  await item.getByRole('button', { name: 'Delete Feed with a token' }).click();
  await expect(item).toHaveCount(0);
});
