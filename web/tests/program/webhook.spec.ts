import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { quiet, settled, watch } from '../watch';
import { keep } from './ask';

interface Told {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Hears what is posted to an address of this machine. */
async function listen(): Promise<{ url: string; told: Told[]; close: () => void }> {
  const told: Told[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    told.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/alerts`, told, close: () => server.close() };
}

test('a webhook is told of what comes in, signed with the secret that was shown', async ({ page, request }) => {
  const watched = watch(page);
  const { url, told, close } = await listen();
  await page.goto('/watchlists');
  await settled(page);
  await page.getByLabel('Name').fill('Cables');
  await page.getByLabel('Source').fill('Hook Times');
  await page.getByLabel('Webhook', { exact: true }).fill(url);
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  const secret = await page.getByRole('group', { name: 'Secret of Cables' }).locator('code').innerText();
  const item = page.getByRole('listitem').filter({ has: page.getByText('Cables', { exact: true }) });
  await expect(item).toContainText(`Webhook ${url} · nothing sent yet`);

  const text = 'Iceland accused Denmark on Friday of cutting a cable off the Kolgrim Bank.';
  await keep(request, { text, title: 'Cable cut', published: '2031-04-05', publication: 'Hook Times' });
  await expect.poll(() => told.length).toBeGreaterThan(0);
  const [{ headers, body }] = told as [Told];
  expect(headers['x-entente-signature']).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  expect(body).toContain('ACCUSE');

  await page.reload();
  await settled(page);
  await expect(item).toContainText(/last delivered \d+ events?/);
  await expect(page.locator('main')).not.toContainText(secret);
  await page.getByRole('button', { name: 'Delete Cables' }).click();
  await expect(item).toHaveCount(0);
  close();
  quiet(watched);
});
