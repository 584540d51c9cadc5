import type { Statement } from '../api/types';
import { Entities } from './Entities';

/** One statement: who said what, in which way. */
export function StatementCard({ statement }: { statement: Statement }) {
  return (
    <section aria-label="Statement">
      <h2>Statement</h2>
      <dl class="facts">
        <dt>Speaker</dt><dd><Entities list={statement.speaker ? [statement.speaker] : []} none="unnamed" /></dd>
        {statement.speaker?.office && <><dt>Office</dt><dd><bdi>{statement.speaker.office}</bdi></dd></>}
        <dt>Kind</dt><dd>{statement.kind}</dd>
        <dt>Said</dt><dd><bdi>{statement.content.text}</bdi></dd>
        {statement.via.length > 0 && <><dt>Through</dt><dd><Entities list={statement.via} /></dd></>}
      </dl>
    </section>
  );
}
