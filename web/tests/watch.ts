import { expect, type Page } from '@playwright/test';

/** Collects what must not happen on any page: errors, refused content, dialogs, requests to other hosts. */
export function watch(page: Page): { faults: string[] } {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`asked ${request.url()}`);
  });
  return { faults };
}

export const quiet = ({ faults }: { faults: string[] }): void => expect(faults).toEqual([]);

/** Until every part of the page is loaded. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main h1').first()).toBeVisible();
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
  // What an answer lacks shows as one of these.
  await expect(page.locator('main')).not.toContainText(/\b(undefined|NaN)\b/);
}
