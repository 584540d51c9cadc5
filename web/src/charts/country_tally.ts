import type { Happening, ListedHappening } from '../api/types';

/** How often a country is in the happenings, and which way they lean. */
export interface CountryTally {
  code: string;
  happenings: number;
  /** Share of cooperation less share of conflict. */
  lean: number;
}

const CODE = /^[A-Z]{3}\b/;

const countriesOf = (happening: Happening): Set<string> =>
  new Set([...happening.actors, ...happening.recipients].flatMap(({ value }) => CODE.exec(value)?.[0] ?? []));

/** The tally of each country, busiest first. */
export function tallyOf(happenings: readonly ListedHappening[]): CountryTally[] {
  const found = new Map<string, { happenings: number; sum: number }>();
  for (const happening of happenings) {
    for (const code of countriesOf(happening)) {
      const tally = found.get(code) ?? { happenings: 0, sum: 0 };
      tally.happenings += 1;
      tally.sum += Math.sign(happening.event_scale);
      found.set(code, tally);
    }
  }
  return [...found]
    .map(([code, { happenings: number, sum }]) => ({ code, happenings: number, lean: sum / number }))
    .sort((one, other) => other.happenings - one.happenings || one.code.localeCompare(other.code));
}
