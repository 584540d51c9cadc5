import { useEffect, useState } from 'preact/hooks';
import { address, get } from './client';
import type { Explanation } from './types';

const AT_ONCE = 6;

/** The explanations of events by id, in the order of the ids; what the ledger no longer has is left out. */
export async function explanationsOf(ids: readonly string[], signal?: AbortSignal): Promise<Explanation[]> {
  const found: (Explanation | undefined)[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let place = next++; place < ids.length; place = next++) {
      const url = address(`/events/${encodeURIComponent(ids[place] ?? '')}`);
      found[place] = await get<Explanation>(url, signal).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found.filter((each) => each !== undefined);
}

/** As `explanationsOf`, for a component; undefined while loading. */
export function useEvents(ids: readonly string[]): Explanation[] | undefined {
  const key = ids.join(',');
  const [state, setState] = useState<Explanation[] | undefined>(undefined);
  useEffect(() => {
    const stop = new AbortController();
    setState(undefined);
    void explanationsOf(key ? key.split(',') : [], stop.signal).then((found) => {
      if (!stop.signal.aborted) setState(found);
    });
    return () => stop.abort();
  }, [key]);
  return state;
}
