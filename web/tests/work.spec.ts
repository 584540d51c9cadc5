import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { quiet, settled, watch } from './watch';

const fixture = async (name: string) => JSON.parse(await readFile(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).first().click()]);
  return readFile(await file.path());
}

test('a pasted article is coded and marked where it should be', async ({ page }) => {
  const watched = watch(page);
  const coded = await fixture('coded');
  await page.goto('/read');
  await settled(page);
  await page.getByRole('textbox', { name: 'Article', exact: true }).fill(coded.text);
  await page.getByRole('button', { name: 'Code it' }).click();
  await expect(page.locator('.article')).toContainText('🚢 and offered');
  for (const { trigger } of coded.events) {
    await expect(page.locator('.article a.trigger', { hasText: new RegExp(`^${trigger.text}$`) }).first()).toBeVisible();
  }
  await page.locator('.article a.trigger', { hasText: 'offered' }).focus();
  await expect(page.getByRole('complementary', { name: 'Record in view' })).toContainText('to hold talks in Reykjavik');
  quiet(watched);
});

test('a hostile article is only text', async ({ page }) => {
  test.setTimeout(90_000);
  const watched = watch(page);
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)> javascript:alert(4)';
  const text = `${evil}\n\u202Eمرحبا 👩‍👩‍👧 🇳🇴 Norway accused Denmark\n${`${'The patrol was long 🚢. '.repeat(400)}\n`.repeat(225)}`;
  expect(Buffer.byteLength(text)).toBeGreaterThan(2_000_000);
  await page.goto('/read');
  await settled(page);
  // Set as a paste does it; `fill` types into a selection, which takes a browser minutes.
  await page.getByRole('textbox', { name: 'Article', exact: true }).evaluate((field, value) => ((field as HTMLTextAreaElement).value = value), text);
  await page.getByLabel('Title').fill('<b>bold</b><script>alert(5)</script>');
  await page.getByRole('button', { name: 'Code it' }).click();
  await expect(page.getByRole('heading', { name: '<b>bold</b><script>alert(5)</script>' })).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.article p').first()).toHaveText(evil);
  await expect(page.locator('main img, main script, .article svg')).toHaveCount(0);
  await expect(page.locator('.article a.trigger')).toHaveText('accused');
  quiet(watched);
});

test('a pasted article has its evidence too', async ({ page }) => {
  const coded = await fixture('coded');
  await page.goto('/read');
  await settled(page);
  await page.getByRole('textbox', { name: 'Article', exact: true }).fill(coded.text);
  await expect(page.getByText('The article is coded, not kept.')).toBeVisible();
  await page.getByRole('button', { name: 'Code it' }).click();
  await expect(page.locator('.article')).toBeVisible();
  const bundle = JSON.parse((await download(page, 'Evidence')).toString());
  expect(bundle.records).toHaveLength(coded.events.length);
  const offer = bundle.records.find((each: { quotes: { trigger: { text: string } } }) => each.quotes.trigger.text === 'offered');
  expect(offer.quotes.sentence).toBe('Denmark rejected the accusation 🚢 and offered to hold talks in Reykjavik.');
  expect(offer.versions.coder).toMatch(/^entente/);
});

test('a pasted article is kept if the reader wants', async ({ page }) => {
  const watched = watch(page);
  await page.goto('/read');
  await settled(page);
  await page.getByRole('textbox', { name: 'Article', exact: true }).fill('Norway accused Denmark of haste.');
  await page.getByLabel('Title').fill('Busy');
  await page.getByLabel('Keep it in the ledger').check();
  await expect(page.getByText('The article is coded and kept with its records.')).toBeVisible();
  await page.getByRole('button', { name: 'Code it' }).click();
  await expect(page.getByRole('alert')).toContainText('the ledger is being written to');
  await page.getByLabel('Title').fill('Kept');
  await page.getByRole('button', { name: 'Code it' }).click();
  await expect(page).toHaveURL(/\/read\?document=kept-/);
  await expect(page.getByRole('heading', { level: 1, name: 'Kept' })).toBeVisible();
  await expect(page.locator('.article a.trigger')).toHaveText('accused');
  quiet(watched);
});

test('a date after its article is marked, unless it lies ahead by its words', async ({ page }) => {
  const [stored] = await fixture('events');
  const dated = (id: string, date: string, aux: string[]) => ({ ...stored, published: '2031-03-05', event: { ...stored.event, id, date, aux } });
  const items = [dated('a', '2031-03-09', []), dated('b', '2031-03-09', ['future']), dated('c', '2031-03-05', []), dated('d', '2031-03', []), dated('e', '2031-04', [])];
  await page.route('**/api/v1/events?*', (route) => route.fulfill({ json: { items, next: null, total: items.length } }));
  await page.route('**/api/v1/events', (route) => route.fulfill({ json: { items, next: null, total: items.length } }));
  await page.goto('/events');
  await settled(page);
  const marked = await page.locator('main .record').evaluateAll((records) => records.map((each) => each.textContent?.includes('after the article’s date')));
  expect(marked).toEqual([true, false, false, false, true]);
});

test('an address that is not of the web is no link', async ({ page }) => {
  const [article] = await fixture('documents');
  await page.route('**/api/v1/documents/evil', (route) =>
    route.fulfill({ json: { annotation: { ...article, url: 'javascript:alert(1)' }, story: [], duplicate_of: null, revision_of: null } }),
  );
  await page.goto('/read?document=evil');
  await settled(page);
  await expect(page.getByRole('link', { name: 'original' })).toHaveCount(0);
});

test('a view can be taken away as CSV, JSON, PNG and evidence', async ({ page }) => {
  const watched = watch(page);
  await page.goto('/dyad?a=NOR&b=DNK&from=2031-12-01');
  await settled(page);
  expect((await download(page, 'CSV')).toString()).toMatch(/^from,to,forward_score/);
  expect(JSON.parse((await download(page, 'JSON')).toString())).toHaveLength(12);
  const image = await download(page, 'PNG');
  expect(image.subarray(1, 4).toString()).toBe('PNG');
  expect(image.length).toBeGreaterThan(10_000);
  const bundle = JSON.parse((await download(page, 'Evidence')).toString());
  expect(bundle.format).toBe('entente-evidence-1');
  expect(bundle.records[0].quotes.trigger.text).toBeTruthy();
  expect(bundle.records[0].versions.coder).toMatch(/^entente/);
  quiet(watched);
});

test('a list can be taken away as an image too', async ({ page }) => {
  await page.goto('/events?party=NOR');
  await settled(page);
  expect((await download(page, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
});

test('a watchlist is made, alerts and is deleted', async ({ page }) => {
  const watched = watch(page);
  await page.goto('/watchlists');
  await settled(page);
  await page.getByLabel('Name').fill('Northern waters');
  await page.getByLabel('Party').fill('NOR');
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Feed of Northern waters' }).first()).toHaveAttribute('href', /^\/api\/v1\/watchlists\/\d+\/feed$/);
  await page.getByRole('link', { name: 'Alerts of Northern waters' }).first().click();
  await expect(page.getByRole('heading', { name: 'Alerts' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete Northern waters' }).first().click();
  await expect(page.getByRole('button', { name: 'Delete Northern waters' })).toHaveCount(0);
  quiet(watched);
});

test('a webhook shows its secret once, and how the last sending went', async ({ page }) => {
  const watched = watch(page);
  await page.goto('/watchlists');
  await settled(page);
  for (const [name, webhook] of [['Sent', 'https://example.org/hook'], ['Unsent', 'https://example.org/broken']] as const) {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Webhook', { exact: true }).fill(webhook);
    await page.getByRole('button', { name: 'Watch', exact: true }).click();
    const secret = page.getByRole('group', { name: `Secret of ${name}` });
    await expect(secret).toContainText('0123456789abcdef');
    await expect(secret).toContainText('not shown again');
    await secret.getByRole('button', { name: 'I have it' }).click();
    await expect(page.locator('main')).not.toContainText('0123456789abcdef');
  }
  const item = (name: string) => page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  await expect(item('Sent')).toContainText('Webhook https://example.org/hook · last delivered 4 events, 31 December 2031 at 09:05 UTC');
  await expect(item('Unsent')).toContainText('not delivered: answered 500');
  await expect(page.getByRole('link', { name: /example\.org/ })).toHaveCount(0);
  for (const name of ['Sent', 'Unsent']) await page.getByRole('button', { name: `Delete ${name}`, exact: true }).click();
  quiet(watched);
});

test('records are accepted, corrected and rejected', async ({ page }) => {
  const watched = watch(page);
  const sent: { verdict: string; correction?: Record<string, unknown> }[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.postDataJSON());
  });
  await page.goto('/review');
  await settled(page);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('heading', { name: 'Judged 1' })).toBeVisible();
  await page.getByRole('button', { name: 'Correct…' }).click();
  await page.getByLabel('Type').selectOption('AID');
  await page.getByRole('button', { name: 'Save correction' }).click();
  await expect(page.getByRole('heading', { name: 'Judged 2' })).toBeVisible();
  await page.getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByRole('heading', { name: 'Judged 3' })).toBeVisible();
  expect(sent.map((each) => each.verdict)).toEqual(['accept', 'correct', 'reject']);
  expect(sent[1]?.correction).toEqual({ event: 'AID' });
  quiet(watched);
});

test('a problem is told in words', async ({ page }) => {
  await page.goto('/read?document=gone');
  await expect(page.getByRole('alert')).toContainText('Not found');
});
