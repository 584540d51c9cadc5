import type { DyadAnswer } from '../api/types';
import { readableDate } from '../words';

/** Treaties between the two and what both belong to. */
export function DyadTies({ dyad: { pacts, memberships } }: { dyad: DyadAnswer }) {
  return (
    <section>
      <h2>Formal ties</h2>
      {pacts.length + memberships.length === 0 && <p class="quiet">None on record.</p>}
      <ul class="plain">
        {pacts.map((pact) => (
          <li key={pact.name}><bdi>{pact.name}</bdi> <span class="quiet">{pact.kind}{pact.since && `, since ${readableDate(pact.since)}`}</span></li>
        ))}
      </ul>
      {memberships.length > 0 && <p><span class="quiet">Both in </span>{memberships.join(', ')}</p>}
    </section>
  );
}
