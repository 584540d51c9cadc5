import { expect, type Page } from '@playwright/test';
import { quiet, settled, watch } from './watch';

/** The slider of the axes moves by key and by value, sets the day in the address and shows that day. */
export async function slidesThroughTheYear(page: Page): Promise<void> {
  const watched = watch(page);
  await page.goto('/axes?on=2031-06-30');
  await settled(page);
  const slider = page.getByRole('slider', { name: 'Day' });
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(page).toHaveURL(/on=2031-07-01/);
  await slider.fill(String(Date.parse('2031-09-30T00:00:00Z') / 86_400_000));
  await expect(page).toHaveURL(/on=2031-09-30/);
  await expect(page.getByRole('heading', { name: 'Axes on 30 September 2031' })).toBeVisible();
  quiet(watched);
}
