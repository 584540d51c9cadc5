import type { DocumentItem } from '../api/types';
import { toDocument } from '../state/links';
import { countOf, readableDate } from '../words';

/** Articles of the ledger. */
export function DocumentList({ documents }: { documents: readonly DocumentItem[] }) {
  if (documents.length === 0) return <p class="quiet">No articles.</p>;
  return (
    <ul class="records">
      {documents.map((each) => (
        <li class="record" key={each.id}>
          <a href={toDocument(each.id)}><bdi>{each.title ?? each.id}</bdi></a>
          <p class="record-foot quiet">
            {readableDate(each.published)}
            {each.publication && <> · <bdi>{each.publication}</bdi></>}
            <> · {countOf(each.events, 'event')}</>
          </p>
        </li>
      ))}
    </ul>
  );
}
