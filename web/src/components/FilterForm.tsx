import { query, change } from '../state/place';
import { FILTERS, filtersOf } from '../state/filters';
import { QUADS, TYPES } from '../words';
import { Field } from './Field';
import { PartyField } from './PartyField';

function submit(event: SubmitEvent): void {
  event.preventDefault();
  const form = new FormData(event.currentTarget as HTMLFormElement);
  const changes: Record<string, string | null> = { after: null };
  for (const [name, value] of form) changes[name] = String(value);
  change(changes);
}

const clear = (): void => change(Object.fromEntries([...FILTERS, 'after', 'sort', 'ids', 'about'].map((name) => [name, null])));

/** The filters of events and happenings; they go into the address. */
export function FilterForm({ sort = false }: { sort?: boolean }) {
  const now = query.value;
  const value = (name: string): string => now.get(name) ?? '';
  const set = Object.keys(filtersOf(now)).length;
  return (
    <details open={set > 0} class="filter-box">
      <summary>Filters{set > 0 && ` (${set} set)`}</summary>
      <form class="filters" aria-label="Filters" onSubmit={submit} key={now.toString()}>
        <PartyField name="party" label="Party" value={value('party')} />
        <PartyField name="with" label="With" value={value('with')} />
        <Field label="Type">
          <select name="type" value={value('type')}>
            <option value="">any</option>
            {TYPES.map((type) => <option key={type}>{type}</option>)}
          </select>
        </Field>
        <Field label="Quad">
          <select name="quad" value={value('quad')}>
            <option value="">any</option>
            {QUADS.map((name, place) => <option key={name} value={String(place + 1)}>{name}</option>)}
          </select>
        </Field>
        <Field label="From"><input type="date" name="from" value={value('from')} /></Field>
        <Field label="To"><input type="date" name="to" value={value('to')} /></Field>
        <Field label="Words"><input name="text" value={value('text')} /></Field>
        <Field label="Source"><input name="source" value={value('source')} /></Field>
        <Field label="Least confidence">
          <input type="number" name="confidence" min="0" max="1" step="0.05" value={value('confidence')} />
        </Field>
        {sort && (
          <Field label="Sort by">
            <select name="sort" value={value('sort')}>
              <option value="">date</option>
              <option value="confidence">confidence</option>
              <option value="scale">scale</option>
            </select>
          </Field>
        )}
        <div class="buttons">
          <button type="submit" class="primary">Filter</button>
          <button type="button" onClick={clear}>Clear</button>
        </div>
      </form>
    </details>
  );
}
