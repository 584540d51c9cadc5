import type { Entity, EventRecord } from '../api/types';
import { TYPES, partyOf } from '../words';
import { Field } from './Field';

const NAMES = ['event', 'mode', 'date', 'actor', 'recipient'] as const;
type Name = (typeof NAMES)[number];

/** What the reviewer says instead, as fields of an event; only what differs is sent. */
export function correctionOf(form: FormData, event: EventRecord): Record<string, unknown> {
  const before = valuesOf(event);
  const found: Record<string, unknown> = {};
  for (const name of NAMES) {
    const value = String(form.get(name) ?? '').trim();
    if (value !== before[name]) found[name] = fieldOf(name, value, event);
  }
  return found;
}

function fieldOf(name: Name, value: string, event: EventRecord): unknown {
  if (name === 'actor' || name === 'recipient') return value.split(/\s*;\s*/).filter(Boolean).map((party) => entityOf(party, event[name]));
  if (name === 'mode') return value.split(/[\s,]+/).filter(Boolean);
  return value || null;
}

/** A party that the record has already keeps its words; another has none in the text that are known. */
function entityOf(party: string, known: readonly Entity[]): Entity {
  const same = known.find((entity) => partyOf(entity) === party);
  if (same) return same;
  const [code = null, sector = null] = party.split(/\s+/);
  const none = { identifier_id: null, other_sectors: [], office: null, age: null };
  return { ...none, entity_text: '', start: 0, end: 0, entity_name: party, code, sector, resolved_by: 'review' };
}

const valuesOf = (event: EventRecord): Record<Name, string> => ({
  event: event.event,
  mode: event.mode.join(' '),
  date: event.date ?? '',
  actor: event.actor.map(partyOf).join('; '),
  recipient: event.recipient.map(partyOf).join('; '),
});

/** Fields with the record's values, to be changed. */
export function CorrectionFields({ event }: { event: EventRecord }) {
  const values = valuesOf(event);
  return (
    <fieldset class="filters">
      <legend>Correction</legend>
      <Field label="Type"><select name="event" value={values.event}>{TYPES.map((type) => <option key={type}>{type}</option>)}</select></Field>
      <Field label="Mode"><input name="mode" value={values.mode} /></Field>
      <Field label="Date"><input name="date" value={values.date} pattern="\d{4}(-\d{2}){0,2}" placeholder="2031-12-31" /></Field>
      <Field label="Actors, by semicolons"><input name="actor" value={values.actor} /></Field>
      <Field label="Recipients, by semicolons"><input name="recipient" value={values.recipient} /></Field>
    </fieldset>
  );
}
