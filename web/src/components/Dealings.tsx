import { address } from '../api/client';
import type { AlignmentAnswer } from '../api/types';
import { useLoad } from '../api/use_load';
import { toDyad } from '../state/links';
import { nameOf } from '../state/parties';
import { signed, toneClass } from '../words';
import { Waiting } from './Waiting';

const SHOWN = 15;

interface Dealing {
  other: string;
  mean: number;
  direct: number;
  remembered: number;
}

function dealingsOf({ parties, pairs }: AlignmentAnswer, party: string): Dealing[] {
  const place = parties.indexOf(party);
  return pairs
    .filter(({ one, other, remembered }) => (one === place || other === place) && remembered > 0)
    .map(({ one, other, direct, remembered, dealings }) => ({
      other: parties[one === place ? other : one] ?? '',
      mean: dealings.mean,
      direct,
      remembered,
    }))
    .sort((one, other) => other.remembered - one.remembered)
    .slice(0, SHOWN);
}

/** With whom a party deals most, and how. */
export function Dealings({ party }: { party: string }) {
  const loaded = useLoad<AlignmentAnswer>(address('/alignment'));
  return (
    <section>
      <h2>Dealings</h2>
      <Waiting loaded={loaded}>
        {(answer) => {
          const dealings = dealingsOf(answer, party);
          if (dealings.length === 0) return <p class="quiet">No dealings with other parties.</p>;
          return (
            <div class="scroll" tabIndex={0} role="region" aria-label="Table: dealings">
              <table>
                <thead><tr><th scope="col">With</th><th scope="col">Mean score</th><th scope="col">Standing</th><th scope="col">Weight of acts</th></tr></thead>
                <tbody>
                  {dealings.map(({ other, mean, direct, remembered }) => (
                    <tr key={other}>
                      <th scope="row"><a href={toDyad(party, other)}>{nameOf(other)}</a></th>
                      <td>{signed(mean)}</td>
                      <td><span class={`swatch ${toneClass(direct)}`} aria-hidden="true" /> {signed(direct, 2)}</td>
                      <td>{remembered.toFixed(1)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Waiting>
    </section>
  );
}
