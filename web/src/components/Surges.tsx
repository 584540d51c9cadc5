import { address } from '../api/client';
import type { Surge } from '../api/types';
import { useLoad } from '../api/use_load';
import { toEvidence } from '../state/links';
import { nameOf } from '../state/parties';
import { countOf, readableDate } from '../words';
import { Waiting } from './Waiting';

const aboutOf = (surge: Surge): string =>
  `${surge.matter === 'cooperation' ? 'Cooperation' : 'Conflict'}, ${surge.parties.map(nameOf).join(' and ')}, ${readableDate(surge.from)}`;

/** What is unusual, with how much of it there would usually be. */
export function Surges({ about }: { about?: string }) {
  const loaded = useLoad<{ items: Surge[] }>(address('/surges', { about }));
  return (
    <section>
      <h2>Surges</h2>
      <Waiting loaded={loaded}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="quiet">Nothing unusual.</p>
          ) : (
            <ul class="records">
              {items.map((surge) => (
                <li class="record" key={aboutOf(surge)}>
                  <span class={surge.matter === 'cooperation' ? 'tag quad-1' : 'tag quad-4'}>{surge.matter}</span>{' '}
                  {surge.parties.map(nameOf).join(' – ')}
                  <p class="record-foot quiet">
                    {readableDate(surge.from)} to {readableDate(surge.to)}:{' '}
                    <a href={toEvidence(surge.event_ids, aboutOf(surge))} aria-label={`${countOf(surge.acts, 'act')}: ${aboutOf(surge)}`}>{countOf(surge.acts, 'act')}</a>
                    {' '}where {surge.expected.toFixed(surge.expected < 0.1 ? 2 : 1)} would be usual
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Waiting>
    </section>
  );
}
