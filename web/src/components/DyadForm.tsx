import { change, query } from '../state/place';
import { Field } from './Field';
import { PartyField } from './PartyField';

const STEPS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const NAMES = ['a', 'b', 'step', 'half_life', 'from', 'to'] as const;

function submit(event: SubmitEvent): void {
  event.preventDefault();
  const form = new FormData(event.currentTarget as HTMLFormElement);
  change({ at: null, ...Object.fromEntries(NAMES.map((name) => [name, String(form.get(name) ?? '')])) });
}

const turn = (): void => change({ a: query.value.get('b'), b: query.value.get('a') });

/** Which two parties, when, and how long an act counts. */
export function DyadForm() {
  const now = query.value;
  const value = (name: string): string => now.get(name) ?? '';
  return (
    <form class="filters" aria-label="Parties of the dyad" onSubmit={submit} key={NAMES.map(value).join('|')}>
      <PartyField name="a" label="One party" value={value('a')} required />
      <PartyField name="b" label="The other" value={value('b')} required />
      <Field label="Step">
        <select name="step" value={value('step') || 'month'}>{STEPS.map((step) => <option key={step}>{step}</option>)}</select>
      </Field>
      <Field label="Half-life, days"><input type="number" name="half_life" min="0" placeholder="30" value={value('half_life')} /></Field>
      <Field label="From"><input type="date" name="from" value={value('from')} /></Field>
      <Field label="To"><input type="date" name="to" value={value('to')} /></Field>
      <div class="buttons">
        <button type="submit" class="primary">Show</button>
        <button type="button" onClick={turn}>Turn round</button>
      </div>
    </form>
  );
}
