import { signal } from '@preact/signals';
import { address, get } from '../api/client';
import type { Page, Party } from '../api/types';

/** The parties of the ledger, busiest first. */
export const parties = signal<Party[]>([]);

export async function loadParties(): Promise<void> {
  const answer = await get<Pick<Page<Party>, 'items'>>(address('/parties')).catch(() => ({ items: [] }));
  parties.value = answer.items;
}

/** A party's name as people say it, or its code. */
export function nameOf(code: string): string {
  return parties.value.find((each) => each.party === code)?.name ?? code;
}
