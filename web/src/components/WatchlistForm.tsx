import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { MadeWatchlist } from '../api/types';
import { TYPES, QUADS } from '../words';
import { Field } from './Field';
import { MadeSecret } from './MadeSecret';
import { PartyField } from './PartyField';

const FILTER = ['party', 'with', 'type', 'quad', 'text', 'source'] as const;

function bodyOf(form: FormData): Record<string, unknown> {
  const set = FILTER.map((name) => [name, String(form.get(name) ?? '')]).filter(([, value]) => value);
  const webhook = form.get('webhook');
  return { name: form.get('name'), filter: Object.fromEntries(set), ...(webhook ? { webhook } : {}) };
}

/** Names a filter to be watched. */
export function WatchlistForm({ onMade }: { onMade: () => void }) {
  const [made, setMade] = useState<MadeWatchlist | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    post<MadeWatchlist>('/watchlists', bodyOf(new FormData(form)))
      .then((kept) => {
        form.reset();
        // A secret stays until its reader has it.
        if (kept.secret) setMade(kept);
        setProblem(null);
        onMade();
      })
      .catch((error: unknown) => setProblem(error instanceof ApiError ? `${error.title}. ${error.detail}` : String(error)));
  };
  return (
    <>
      <div role="status">
        {made?.secret && <MadeSecret name={made.name} secret={made.secret} onClose={() => setMade(null)} />}
      </div>
      <form class="filters" aria-label="New watchlist" onSubmit={submit}>
        <Field label="Name"><input name="name" required /></Field>
        <PartyField name="party" label="Party" value="" />
        <PartyField name="with" label="With" value="" />
        <Field label="Type"><select name="type"><option value="">any</option>{TYPES.map((type) => <option key={type}>{type}</option>)}</select></Field>
        <Field label="Quad">
          <select name="quad"><option value="">any</option>{QUADS.map((quad, place) => <option key={quad} value={String(place + 1)}>{quad}</option>)}</select>
        </Field>
        <Field label="Words"><input name="text" /></Field>
        <Field label="Source"><input name="source" /></Field>
        <Field label="Webhook">
          <input name="webhook" type="url" placeholder="https://" aria-describedby="webhook-help" />
        </Field>
        <p class="quiet wide" id="webhook-help">
          Alerts are also posted to a webhook, an http or https address; it may be left empty.
        </p>
        <div class="buttons"><button type="submit" class="primary">Watch</button></div>
        {problem && <p class="notice problem" role="alert">{problem}</p>}
      </form>
    </>
  );
}
