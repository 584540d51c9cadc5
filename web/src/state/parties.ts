import { signal } from '@preact/signals';
import { address, get } from '../api/client';
import type { PartiesAnswer, Party } from '../api/types';

/** The parties of the ledger, busiest first. */
export const parties = signal<Party[]>([]);

/** The first and the last day with an act. */
export const span = signal<[first: string, last: string] | null>(null);

export async function loadParties(): Promise<void> {
  const none: PartiesAnswer = { items: [], span: null };
  const answer = await get<PartiesAnswer>(address('/parties')).catch(() => none);
  parties.value = answer.items;
  span.value = answer.span;
}

/** A party's name as people say it, or its code. */
export function nameOf(code: string): string {
  return parties.value.find((each) => each.party === code)?.name ?? code;
}
