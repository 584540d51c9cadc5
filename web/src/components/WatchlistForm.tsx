import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import { TYPES, QUADS } from '../words';
import { Field } from './Field';
import { PartyField } from './PartyField';

const FILTER = ['party', 'with', 'type', 'quad', 'text', 'source'] as const;

function bodyOf(form: FormData): Record<string, unknown> {
  const set = FILTER.map((name) => [name, String(form.get(name) ?? '')]).filter(([, value]) => value);
  return { name: form.get('name'), filter: Object.fromEntries(set) };
}

/** Names a filter to be watched. */
export function WatchlistForm({ onMade }: { onMade: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    post('/watchlists', bodyOf(new FormData(form)))
      .then(() => {
        form.reset();
        setProblem(null);
        onMade();
      })
      .catch((error: unknown) => setProblem(error instanceof ApiError ? `${error.title}. ${error.detail}` : String(error)));
  };
  return (
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
      <div class="buttons"><button type="submit" class="primary">Watch</button></div>
      {problem && <p class="notice problem" role="alert">{problem}</p>}
    </form>
  );
}
