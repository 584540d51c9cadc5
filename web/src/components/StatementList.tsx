import type { StoredStatement } from '../api/types';
import { toDocument } from '../state/links';
import { readableDate } from '../words';
import { Entities } from './Entities';

/** What was said, by whom, and where it stands. */
export function StatementList({ statements }: { statements: readonly StoredStatement[] }) {
  if (statements.length === 0) return <p class="quiet">No statements.</p>;
  return (
    <ul class="records">
      {statements.map(({ statement, document_id, published, source }) => (
        <li class="record" key={`${document_id} ${statement.id}`}>
          <blockquote dir="auto" class={statement.kind === 'direct' ? 'direct' : ''}>{statement.content.text}</blockquote>
          <p class="record-foot quiet">
            {statement.speaker ? <Entities list={[statement.speaker]} /> : 'unnamed'}
            <span>, {statement.kind} · </span>
            <a href={toDocument(document_id, statement.id)}>{readableDate(published)}{source && `, ${source}`}</a>
          </p>
        </li>
      ))}
    </ul>
  );
}
