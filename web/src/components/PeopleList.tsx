import type { StoredPerson } from '../api/types';
import { toDocument } from '../state/links';
import { readableDate } from '../words';
import { PartyLink } from './PartyLink';

interface Named {
  name: string;
  code: string | null;
  offices: Map<string, StoredPerson>;
  last: StoredPerson;
}

function byName(people: readonly StoredPerson[]): Named[] {
  const found = new Map<string, Named>();
  for (const stored of people) {
    const { name, code, office } = stored.person;
    const named = found.get(name) ?? { name, code, offices: new Map(), last: stored };
    if (office && !named.offices.has(office)) named.offices.set(office, stored);
    found.set(name, named);
  }
  return [...found.values()];
}

/** People with the offices that the news gives them, each leading to where it does so. */
export function PeopleList({ people }: { people: readonly StoredPerson[] }) {
  const named = byName(people);
  if (named.length === 0) return <p class="quiet">No people.</p>;
  return (
    <ul class="records">
      {named.map(({ name, code, offices, last }) => (
        <li class="record" key={name}>
          <p><a href={toDocument(last.document_id)}><bdi>{name}</bdi></a>{code && <> (<PartyLink code={code} />)</>}</p>
          {[...offices].map(([office, stored]) => (
            <p class="record-foot quiet" key={office}>
              <bdi>{office}</bdi>, <a href={toDocument(stored.document_id)} aria-label={`${office}, as told on ${readableDate(stored.published)}`}>{readableDate(stored.published)}</a>
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
