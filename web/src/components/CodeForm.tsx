import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Annotation } from '../api/types';
import { toDocument } from '../state/links';
import { go } from '../state/place';
import { Field } from './Field';

/** Takes an article that the reader pastes and has it coded, and kept if the reader wants. */
export function CodeForm({ onCoded }: { onCoded: (article: Annotation) => void }) {
  const [keep, setKeep] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setProblem(null);
    post<Annotation>(keep ? '/code?store=true' : '/code', bodyOf(form))
      .then((article) => (keep ? go(toDocument(article.id)) : onCoded(article)))
      .catch((error: unknown) => setProblem(error instanceof ApiError ? `${error.title}. ${error.detail}` : String(error)))
      .finally(() => setBusy(false));
  };
  return (
    <form class="code-form" aria-label="Code an article" onSubmit={submit}>
      <Field label="Article"><textarea name="text" rows={10} required dir="auto" /></Field>
      <div class="filters">
        <Field label="Title"><input name="title" dir="auto" /></Field>
        <Field label="Published"><input name="published" type="date" /></Field>
        <Field label="Publication"><input name="publication" /></Field>
      </div>
      <p>
        <label class="inline-field">
          <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} /> Keep it in the ledger
        </label>{' '}
        <span class="quiet">{keep ? 'The article is coded and kept with its records.' : 'The article is coded, not kept.'}</span>
      </p>
      <div class="buttons">
        <button type="submit" class="primary" disabled={busy}>{busy ? 'Coding…' : 'Code it'}</button>
      </div>
      {problem && <p class="notice problem" role="alert">{problem}</p>}
    </form>
  );
}

function bodyOf(form: FormData): Record<string, unknown> {
  const body: Record<string, unknown> = { text: form.get('text') };
  for (const name of ['title', 'published', 'publication']) {
    const value = form.get(name);
    if (value) body[name] = value;
  }
  return body;
}
