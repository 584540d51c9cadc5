import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';

/** An answer of the program's API. */
export async function ask<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(`/api/v1${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

/** What a click has the browser save. */
export async function saved(page: Page, click: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFile(await file.path(), 'utf8');
}

/** Pastes an article as a reader does; `fill` would take minutes over a long one. */
export async function paste(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Article', exact: true });
  await field.evaluate((area, value) => ((area as HTMLTextAreaElement).value = value), text);
}

/** Has the program code an article and keep it. */
export async function keep(request: APIRequestContext, article: { text: string; [part: string]: string }): Promise<void> {
  const answer = await request.post('/api/v1/code?store=true', { data: article });
  expect(answer.status(), await answer.text()).toBe(201);
}
