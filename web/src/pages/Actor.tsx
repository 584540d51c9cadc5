import { address } from '../api/client';
import type { Page, StoredEvent, StoredPerson } from '../api/types';
import { useLoad } from '../api/use_load';
import { Dealings } from '../components/Dealings';
import { EventList } from '../components/EventList';
import { ExportBar } from '../components/ExportBar';
import { PartyField } from '../components/PartyField';
import { PartyList } from '../components/PartyList';
import { PeopleList } from '../components/PeopleList';
import { StatementsOf } from '../components/StatementsOf';
import { Surges } from '../components/Surges';
import { Waiting } from '../components/Waiting';
import { rowOfEvent } from '../export/rows';
import { toEvents } from '../state/links';
import { nameOf } from '../state/parties';
import { change, query } from '../state/place';

/** All that the ledger knows of a party. */
export function Actor() {
  const party = query.value.get('party');
  return (
    <>
      <h1>{party ? nameOf(party) : 'Actors'}</h1>
      <PartyForm party={party ?? ''} />
      {party ? <Known party={party} /> : <PartyList />}
    </>
  );
}

function PartyForm({ party }: { party: string }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change({ party: String(new FormData(event.currentTarget as HTMLFormElement).get('party') ?? '') });
  };
  return (
    <form class="filters" aria-label="Choose a party" onSubmit={submit} key={party}>
      <PartyField name="party" label="Party" value={party} required />
      <div class="buttons"><button type="submit" class="primary">Show</button></div>
    </form>
  );
}

function Known({ party }: { party: string }) {
  const events = useLoad<Page<StoredEvent>>(address('/events', { party, limit: 30 }));
  const people = useLoad<Page<StoredPerson>>(address('/people', { code: party, limit: 100 }));
  return (
    <div class="columns wide-first">
      <section>
        <h2>Events</h2>
        <Waiting loaded={events}>
          {({ items, total, next }) => (
            <>
              <ExportBar name={`actor-${party}`} rows={() => items.map(rowOfEvent)} json={() => items} evidence={() => items.map((each) => each.event.id)} />
              <EventList events={items} total={total} />
              {next && <p><a href={toEvents({ party })}>All events of {nameOf(party)}</a></p>}
            </>
          )}
        </Waiting>
      </section>
      <div>
        <Dealings party={party} />
        <section>
          <h2>People and offices</h2>
          <Waiting loaded={people}>{({ items }) => <PeopleList people={items} />}</Waiting>
        </section>
        <Surges about={party} />
        <StatementsOf party={party} />
      </div>
    </div>
  );
}
