import { expect, test } from '@playwright/test';
import type { Annotation } from '../../src/api/types';
import { quiet, settled, watch } from '../watch';
import { ask, paste, saved } from './ask';

const ARTICLE = `REYKJAVIK, 4 April 2031 - Iceland's Foreign Minister Ragna Eyfells accused Denmark on Friday of cutting a cable 🚢 off the Kolgrim Bank.

"We will not be silent," Eyfells told reporters. Denmark rejected the accusation. Norwegian and Icelandic ministers met in Oslo on Thursday.`;

test('a pasted article is coded by the program and marked', async ({ page }) => {
  const watched = watch(page);
  await page.goto('/read');
  await settled(page);
  await paste(page, ARTICLE);
  await page.getByLabel('Published').fill('2031-04-05');
  const [answer] = await Promise.all([page.waitForResponse(/\/api\/v1\/code/), page.getByRole('button', { name: 'Code it' }).click()]);
  const coded = (await answer.json()) as Annotation;
  const types = coded.events.map((each) => each.event);
  expect(types).toContain('ACCUSE');
  expect(types).toContain('CONSULT');
  const marks = await page.locator('.article a.trigger').allInnerTexts();
  for (const { trigger } of coded.events) expect(marks.join(' ')).toContain(trigger.text.split(' ')[0]);
  await page.locator('.article a.trigger', { hasText: 'accused' }).focus();
  const panel = page.getByRole('complementary', { name: 'Record in view' });
  await expect(panel).toContainText('ACCUSE');
  await expect(panel).toContainText('Denmark');
  const bundle = JSON.parse(await saved(page, () => page.getByRole('button', { name: 'Evidence', exact: true }).click()));
  expect(bundle.records).toHaveLength(coded.events.length);
  expect(bundle.records.map((each: { quotes: { sentence: string } }) => each.quotes.sentence).join(' ')).toContain('a cable 🚢 off the Kolgrim Bank');
  quiet(watched);
});

test('a hostile article of 2 MB is only text', async ({ page }) => {
  test.setTimeout(180_000);
  const watched = watch(page);
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)> javascript:alert(4)';
  const foreign = '\u202Eمرحبا بالعالم 👩‍👩‍👧 🇳🇴 שלום\u202C';
  // Mostly words without end, which are coded fast: 2 MB of sentences take longer than the minute that an answer may take.
  const sentences = `${`The patrol was long and the sea was calm 🚢. ${evil} ${foreign} `.repeat(20)}\n\n`.repeat(3);
  const endless = `${'a'.repeat(9_000)}\n\n`.repeat(225);
  const text = `Norway accused Denmark of piracy on Friday.\n\n${evil}\n\n${foreign}\n\n${sentences}${endless}`;
  expect(Buffer.byteLength(text)).toBeGreaterThan(2_000_000);
  await page.goto('/read');
  await settled(page);
  await paste(page, text);
  await page.getByLabel('Title').fill('<b>bold</b><script>alert(5)</script>');
  await page.getByRole('button', { name: 'Code it' }).click();
  await expect(page.getByRole('heading', { name: '<b>bold</b><script>alert(5)</script>' })).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('.article')).toContainText(evil);
  await expect(page.locator('.article')).toContainText('مرحبا بالعالم 👩‍👩‍👧 🇳🇴');
  await expect(page.locator('.article a.trigger', { hasText: 'accused' }).first()).toBeVisible();
  await expect(page.locator('main img, main script, .article svg')).toHaveCount(0);
  quiet(watched);
});

test('a pasted article is kept, and then read from the ledger', async ({ page, request }) => {
  const watched = watch(page);
  await page.goto('/read');
  await settled(page);
  await paste(page, ARTICLE);
  await page.getByLabel('Title').fill('Cable cut off the Kolgrim Bank');
  await page.getByLabel('Published').fill('2031-04-05');
  await page.getByLabel('Publication').fill('Desk Test');
  await page.getByLabel('Keep it in the ledger').check();
  await page.getByRole('button', { name: 'Code it' }).click();
  await expect(page).toHaveURL(/\/read\?document=/);
  await expect(page.getByRole('heading', { level: 1, name: 'Cable cut off the Kolgrim Bank' })).toBeVisible();
  const { total } = await ask<{ total: number }>(request, '/events?source=Desk%20Test');
  expect(total).toBeGreaterThan(0);
  await page.locator('.article a.trigger', { hasText: 'accused' }).click();
  await expect(page.getByRole('link', { name: 'Judge this record' })).toBeVisible();
  quiet(watched);
});
