import { address } from '../api/client';
import type { Happening, Told } from '../api/types';
import { useLoad } from '../api/use_load';
import { EvidenceList } from '../components/EvidenceList';
import { HappeningList } from '../components/HappeningList';
import { Waiting } from '../components/Waiting';
import { toEvidence } from '../state/links';
import { query } from '../state/place';
import { countOf } from '../words';

/** One act in the world with all reports of it, and who tells it how. */
export function HappeningPage() {
  const id = query.value.get('id') ?? '';
  const loaded = useLoad<Happening>(address(`/happenings/${encodeURIComponent(id)}`));
  return (
    <>
      <h1>Happening</h1>
      <Waiting loaded={loaded}>
        {(happening) => (
          <>
            <HappeningList happenings={[happening]} />
            <div class="columns">
              <Versions title="Who acts" list={happening.actors} />
              <Versions title="To whom" list={happening.recipients} />
              <Versions title="On whose word" list={happening.claimants} />
            </div>
            <h2>Reports</h2>
            <EvidenceList name={`happening-${id}`} ids={happening.mentions.map((each) => each.event_id)} />
          </>
        )}
      </Waiting>
    </>
  );
}

function Versions({ title, list }: { title: string; list: readonly Told[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul class="plain">
        {list.map((told) => (
          <li key={told.value}>
            <bdi>{told.value}</bdi> <a href={toEvidence(told.events, `${title}: ${told.value}`)}>{countOf(told.events.length, 'event')}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
