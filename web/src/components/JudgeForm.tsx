import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Explanation, Review } from '../api/types';
import { toDocument } from '../state/links';
import { CorrectionFields, correctionOf } from './CorrectionFields';
import { EventCard } from './EventCard';
import { Field } from './Field';
import { SentenceOf } from './SentenceOf';

/** A record with its sentence, to be accepted, corrected or rejected. */
export function JudgeForm({ explanation, onDone }: { explanation: Explanation; onDone: () => void }) {
  const [correcting, setCorrecting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { event } = explanation.event;
  const submit = (happened: SubmitEvent): void => {
    happened.preventDefault();
    const form = new FormData(happened.currentTarget as HTMLFormElement);
    const verdict = ((happened.submitter as HTMLButtonElement | null)?.value ?? 'accept') as Review['verdict'];
    const note = String(form.get('note') ?? '');
    const correction = verdict === 'correct' ? { correction: correctionOf(form, event) } : {};
    post('/reviews', { event_id: event.id, verdict, ...correction, ...(note ? { note } : {}) })
      .then(onDone)
      .catch((error: unknown) => setProblem(error instanceof ApiError ? `${error.title}. ${error.detail}` : String(error)));
  };
  return (
    <form aria-label="Judge this record" onSubmit={submit} class="judge">
      <SentenceOf explanation={explanation} />
      <p><a href={toDocument(event.document_id, event.id)}>Read it in the article</a></p>
      <EventCard event={event} published={explanation.event.published} stored={false} />
      {correcting && <CorrectionFields event={event} />}
      <Field label="Note"><input name="note" dir="auto" /></Field>
      <div class="buttons">
        <button type="submit" name="verdict" value="accept" class="primary">Accept</button>
        {/* Keys, for a button that turned from one kind into the other under a click would submit the form. */}
        {correcting ? (
          <button key="save" type="submit" name="verdict" value="correct">Save correction</button>
        ) : (
          <button key="open" type="button" onClick={() => setCorrecting(true)}>Correct…</button>
        )}
        <button type="submit" name="verdict" value="reject">Reject</button>
      </div>
      {problem && <p class="notice problem" role="alert">{problem}</p>}
    </form>
  );
}
