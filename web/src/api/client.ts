import { signal } from '@preact/signals';

export const BASE = '/api/v1';

const TOKEN = 'entente-token';

/** Goes up when the server wants a token that it was not given. */
export const refused = signal(0);

/** Keeps a token for this session of the browser. */
export const keepToken = (token: string): void => sessionStorage.setItem(TOKEN, token);

/** Whether requests carry a token. */
export const hasToken = (): boolean => sessionStorage.getItem(TOKEN) !== null;

function withToken(given: HeadersInit = {}): Headers {
  const headers = new Headers(given);
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.set('authorization', `Bearer ${token}`);
  return headers;
}

/** What a problem+json answer says, or what the network did. */
export class ApiError extends Error {
  constructor(
    readonly title: string,
    readonly status: number,
    readonly detail: string,
  ) {
    super(detail || title);
  }
}

export type Query = Record<string, string | number | boolean | undefined | null>;

/** The address of an answer; empty parts are left out. */
export function address(path: string, query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return BASE + path + (text ? `?${text}` : '');
}

async function problemOf(response: Response): Promise<ApiError> {
  const told = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
  return new ApiError(told.title ?? response.statusText, response.status, told.detail ?? '');
}

/** An answer as it comes; every request to the server goes through here. */
export async function open(url: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...options, headers: withToken(options.headers) }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('The server does not answer', 0, 'Is `entente serve` running?');
  });
  if (response.status === 401) refused.value += 1;
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function ask<T>(url: string, options: RequestInit): Promise<T> {
  const response = await open(url, options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(url: string, signal?: AbortSignal): Promise<T> =>
  ask<T>(url, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) });

export const post = <T>(path: string, body: unknown): Promise<T> =>
  ask<T>(BASE + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });

export const remove = (path: string): Promise<void> => ask<void>(BASE + path, { method: 'DELETE' });
