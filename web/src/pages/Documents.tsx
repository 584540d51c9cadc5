import { address } from '../api/client';
import type { DocumentItem, Page } from '../api/types';
import { useLoad } from '../api/use_load';
import { DocumentList } from '../components/DocumentList';
import { Field } from '../components/Field';
import { Pager } from '../components/Pager';
import { Waiting } from '../components/Waiting';
import { change, query } from '../state/place';

const NAMES = ['text', 'source', 'from', 'to'] as const;

function submit(event: SubmitEvent): void {
  event.preventDefault();
  const form = new FormData(event.currentTarget as HTMLFormElement);
  change({ after: null, ...Object.fromEntries(NAMES.map((name) => [name, String(form.get(name) ?? '')])) });
}

/** The ledger's articles, newest first. */
export function Documents() {
  const now = query.value;
  const asked = Object.fromEntries([...NAMES, 'after'].map((name) => [name, now.get(name)]));
  const loaded = useLoad<Page<DocumentItem>>(address('/documents', { ...asked, limit: 30 }));
  return (
    <section aria-labelledby="documents-title">
      <h2 id="documents-title">Articles of the ledger</h2>
      <form class="filters" aria-label="Filter articles" onSubmit={submit}>
        <Field label="Words"><input name="text" value={now.get('text') ?? ''} /></Field>
        <Field label="Source"><input name="source" value={now.get('source') ?? ''} /></Field>
        <Field label="From"><input type="date" name="from" value={now.get('from') ?? ''} /></Field>
        <Field label="To"><input type="date" name="to" value={now.get('to') ?? ''} /></Field>
        <div class="buttons"><button type="submit" class="primary">Filter</button></div>
      </form>
      <Waiting loaded={loaded}>
        {({ items, next }) => <><DocumentList documents={items} /><Pager next={next} /></>}
      </Waiting>
    </section>
  );
}
