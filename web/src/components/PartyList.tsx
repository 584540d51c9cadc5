import { parties } from '../state/parties';
import { toActor, toEvents } from '../state/links';
import { countOf } from '../words';

/** The ledger's parties, busiest first. */
export function PartyList() {
  return (
    <ul class="plain">
      {parties.value.map(({ party, name, acts }) => (
        <li key={party}>
          <a href={toActor(party)}><bdi>{name}</bdi></a>{' '}
          <a class="quiet" href={toEvents({ party })} aria-label={`${countOf(acts, 'act')} of ${name}`}>{countOf(acts, 'act')}</a>
        </li>
      ))}
    </ul>
  );
}
