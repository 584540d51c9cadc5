import { explanationsOf } from '../api/use_events';
import type { Explanation } from '../api/types';
import { webAddress } from '../state/links';

/** More records than this are asked of `entente export`, not of a page. */
export const MOST_RECORDS = 300;

const recordOf = ({ event, sentence, document, run }: Explanation) => ({
  record: event.event,
  quotes: { sentence, trigger: event.event.trigger, content: event.event.content },
  document: {
    id: event.event.document_id,
    title: event.title,
    published: event.published,
    source: event.source,
    link: webAddress(document?.url ?? event.url),
  },
  versions: { coder: event.event.coder, codebook: event.event.codebook, ...run?.versions },
  run: run && { id: run.id, started: run.started, ended: run.ended },
});

/** Everything that a reader needs to check a view: its records, their sentences, links and versions. */
export async function bundleOf(view: string, ids: readonly string[]): Promise<string> {
  const wanted = [...new Set(ids)];
  const found = await explanationsOf(wanted.slice(0, MOST_RECORDS));
  return bundleIn(view, found, wanted.length - found.length);
}

/** The same of records that are in hand. */
export function bundleIn(view: string, found: readonly Explanation[], leftOut = 0): string {
  const bundle = {
    format: 'entente-evidence-1',
    made: new Date().toISOString(),
    view,
    records: found.map(recordOf),
    left_out: leftOut,
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}
