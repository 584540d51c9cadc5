import { BASE, open } from './client';

/** What the ledger has grown by. */
export interface Added {
  documents: number;
  events: number;
  happenings: number;
}

/** The data of the `added` events in a block of a stream. */
function addedIn(block: string): Added[] {
  if (!/^event: ?added$/m.test(block)) return [];
  const data = /^data: ?(.*)$/m.exec(block)?.[1];
  return data ? [JSON.parse(data) as Added] : [];
}

/** Hears of the ledger's growth until stopped. An EventSource could not send the token along. */
export async function hear(tell: (added: Added) => void, signal: AbortSignal): Promise<void> {
  const { body } = await open(`${BASE}/stream`, { signal, headers: { accept: 'text/event-stream' } });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const blocks = (rest + part.value).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    blocks.flatMap(addedIn).forEach(tell);
  }
}
