import type { DyadPoint } from '../api/types';
import { hrefWith } from '../state/place';
import { nameOf } from '../state/parties';
import { readableDate, signed } from '../words';
import { EvidenceList } from './EvidenceList';

/** The events of the chosen step. */
export function DyadStep({ step, a, b }: { step: DyadPoint; a: string; b: string }) {
  const ids = [...new Set([...step.forward_event_ids, ...step.backward_event_ids])];
  return (
    <section aria-labelledby="step-title">
      <h2 id="step-title">{readableDate(step.from)} to {readableDate(step.to)}</h2>
      <p>
        {nameOf(a)} to {nameOf(b)} {signed(step.forward.score)}, back {signed(step.backward.score)}.{' '}
        <a href={hrefWith({ at: null })}>Whole time</a>
      </p>
      <EvidenceList ids={ids} name={`dyad-${a}-${b}-${step.from}`} />
    </section>
  );
}
