import type { Happening } from '../api/types';
import { toHappening } from '../state/links';
import { countOf, readableDate } from '../words';
import { Arrow } from './Arrow';
import { EventDate } from './EventDate';
import { ToldParties } from './ToldParties';
import { TypeTag } from './TypeTag';

const VERBAL = new Set(['AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE']);
const COOPERATION = new Set(['COOPERATE', 'AID', 'RETREAT']);
const TALK = new Set(['REQUEST', 'ACCUSE', 'REJECT', 'THREATEN']);

const quadOf = (type: string): number => (VERBAL.has(type) ? 1 : COOPERATION.has(type) ? 2 : TALK.has(type) ? 3 : 4);

/** When the last of its reports was published. */
const lastReportOf = ({ mentions }: Happening): string | undefined =>
  mentions.flatMap(({ published }) => published ?? []).sort().at(-1);

const sourcesOf = ({ mentions }: Happening): number => new Set(mentions.map(({ publication }) => publication)).size;

/** Acts in the world, each once, however many report it. */
export function HappeningList({ happenings }: { happenings: readonly Happening[] }) {
  if (happenings.length === 0) return <p class="quiet">No happenings.</p>;
  return (
    <ul class="records">
      {happenings.map((each) => (
        <li class="record" key={each.id}>
          <div class="record-head">
            <EventDate date={each.date} published={lastReportOf(each)} />
            <TypeTag type={each.event} mode={each.mode} quad={quadOf(each.event)} />
            {each.place && <span class="quiet"><bdi>{each.place}</bdi></span>}
          </div>
          <p>
            <ToldParties list={each.actors} none="someone unnamed" />
            <Arrow />
            <ToldParties list={each.recipients} none="no one named" />
          </p>
          <p class="record-foot quiet">
            <a href={toHappening(each.id)} aria-label={`${countOf(each.mentions.length, 'report')} of ${each.event}, ${readableDate(each.date)}`}>
              {countOf(each.mentions.length, 'report')}
            </a>
            <span> of {countOf(sourcesOf(each), 'source')}</span>
            {each.conflicts.length > 0 && <span> · reports differ</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
