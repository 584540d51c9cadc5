import { address, type Query } from '../api/client';
import type { AxesAnswer, Axis } from '../api/types';
import { useLoad } from '../api/use_load';
import { toEvidence } from '../state/links';
import { nameOf } from '../state/parties';
import { countOf, readableDate } from '../words';
import { PartyLink } from './PartyLink';
import { Waiting } from './Waiting';

/** The axes of a day: members, target, since when, on what evidence. */
export function AxisList({ asked }: { asked: Query }) {
  const loaded = useLoad<AxesAnswer>(address('/axes', asked));
  return (
    <section aria-labelledby="axes-title">
      <h2 id="axes-title">Axes on {loaded.value ? readableDate(loaded.value.day) : '…'}</h2>
      <Waiting loaded={loaded}>
        {({ axes }) =>
          axes.length === 0 ? (
            <p class="quiet">No axis stands out.</p>
          ) : (
            <ul class="records">{axes.map((axis) => <AxisItem key={`${axis.target} ${axis.members.map((each) => each.party).join()}`} axis={axis} />)}</ul>
          )
        }
      </Waiting>
    </section>
  );
}

function AxisItem({ axis }: { axis: Axis }) {
  const members = axis.members.map(({ party }) => party);
  const about = `${members.map(nameOf).join(', ')} against ${nameOf(axis.target)}`;
  return (
    <li class="record">
      <p>
        {members.map((party, place) => <span key={party}>{place > 0 && ', '}<PartyLink code={party} /></span>)}
        <span class="quiet"> against </span>
        <PartyLink code={axis.target} />
      </p>
      <p class="record-foot quiet">
        since {readableDate(axis.since)}, {axis.trend}, strength {axis.strength.toFixed(2)},{' '}
        <a href={toEvidence(axis.evidence_ids, about)} aria-label={`Evidence: ${about}`}>{countOf(axis.evidence_ids.length, 'event')} of evidence</a>
        {axis.edge.length > 0 && <> · at the edge: {axis.edge.map(({ party }) => nameOf(party)).join(', ')}</>}
      </p>
    </li>
  );
}
