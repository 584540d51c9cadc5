import type { Entity, EventRecord } from './api/types';
import { nameOf } from './state/parties';

export const TYPES = [
  'AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN',
  'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT',
] as const;

export const QUADS = ['verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict'] as const;

export const quadName = (quad: number): string => QUADS[quad - 1] ?? 'unknown';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A day, month or year as the ledger writes it, for reading: 2031-12 is December 2031. */
export function readableDate(date: string | null): string {
  if (!date) return 'no date';
  const [year, month, day] = date.split('-');
  const name = MONTHS[Number(month) - 1];
  if (!name) return date;
  return day && /^\d+$/.test(day) ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

/** A moment as ISO 8601 has it, to the minute. */
export function readableTime(moment: string): string {
  const [date = '', time = ''] = moment.split('T');
  return time ? `${readableDate(date)} at ${time.slice(0, 5)}${moment.endsWith('Z') ? ' UTC' : ''}` : readableDate(date);
}

/** Whether the first day that a date can mean (2031-12 may be the 1st) comes after another day. */
export function isAfter(date: string | null, other: string | null | undefined): boolean {
  if (!date || !other || other.length < 10) return false;
  const firstDay = `${date}-01-01`.slice(0, 10);
  return firstDay > other.slice(0, 10);
}

export const signed = (value: number, digits = 1): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`;

export const percent = (value: number): string => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;

export const countOf = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** A party by code and sector, as in "DNK GOV". */
export const partyOf = (entity: Entity): string => [entity.code, entity.sector].filter(Boolean).join(' ');

/** Who is meant, as short as it stays clear. */
export function shortName(entity: Entity): string {
  const country = entity.code ? nameOf(entity.code) : '';
  if (!country || country === entity.entity_name) return entity.entity_name;
  return `${entity.entity_name} (${country})`;
}

export const namesOf = (entities: readonly Entity[]): string => entities.map(shortName).join(', ') || 'someone unnamed';

/** Who acts and to whom. */
export function lineOf(event: EventRecord): string {
  const target = event.recipient.length ? ` to ${namesOf(event.recipient)}` : '';
  return namesOf(event.actor) + target;
}

/** −3 … 3: how strongly a score in −1 … 1 speaks for cooperation. */
export function toneOf(score: number): number {
  const size = Math.abs(score);
  const step = size < 0.08 ? 0 : size < 0.35 ? 1 : size < 0.7 ? 2 : 3;
  return score < 0 ? -step : step;
}

/** The class that paints a tone. */
export function toneClass(score: number): string {
  const tone = toneOf(score);
  return tone < 0 ? `conflict-${-tone}` : tone > 0 ? `cooperation-${tone}` : 'tone-0';
}
