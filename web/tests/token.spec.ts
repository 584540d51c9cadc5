import { expect, test } from '@playwright/test';
import { settled } from './watch';

test('a server that wants a token is given it', async ({ page }) => {
  await page.route('**/api/v1/**', (route) => {
    if (route.request().headers().authorization === 'Bearer secret') return route.fallback();
    return route.fulfill({ status: 401, contentType: 'application/problem+json', json: { title: 'Unauthorized', status: 401, detail: 'a token is needed' } });
  });
  await page.goto('/events');
  await page.getByRole('textbox', { name: 'Token' }).fill('secret');
  await page.getByRole('button', { name: 'Go on' }).click();
  await settled(page);
  await expect(page.locator('.record').first()).toBeVisible();
});
