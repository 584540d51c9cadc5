import { address } from '../api/client';
import type { SearchAnswer } from '../api/types';
import { useLoad } from '../api/use_load';
import { DocumentList } from '../components/DocumentList';
import { ExportBar } from '../components/ExportBar';
import { PeopleList } from '../components/PeopleList';
import { StatementList } from '../components/StatementList';
import { Waiting } from '../components/Waiting';
import { rowOfStatement } from '../export/rows';
import type { Row } from '../export/csv';
import { query } from '../state/place';

const rowsOf = (answer: SearchAnswer): Row[] => [
  ...answer.documents.map((each) => ({ kind: 'article', id: each.id, text: each.title, published: each.published })),
  ...answer.statements.map((each) => ({ ...rowOfStatement(each), kind: 'statement' })),
  ...answer.people.map((each) => ({ kind: 'person', id: each.document_id, text: each.person.name, published: each.published })),
];

/** Articles, statements and people by words. */
export function Search() {
  const words = query.value.get('q') ?? '';
  const loaded = useLoad<SearchAnswer>(words ? address('/search', { q: words }) : null);
  return (
    <>
      <h1>Search</h1>
      {!words && <p class="quiet">Words of articles, statements or names; "phrases in quotes", begin* of words.</p>}
      <Waiting loaded={loaded}>
        {(answer) => (
          <>
            <ExportBar name="search" rows={() => rowsOf(answer)} json={() => answer} evidence={() => []} />
            <div class="columns">
              <section><h2>Articles</h2><DocumentList documents={answer.documents} /></section>
              <section><h2>Statements</h2><StatementList statements={answer.statements} /></section>
              <section><h2>People</h2><PeopleList people={answer.people} /></section>
            </div>
          </>
        )}
      </Waiting>
    </>
  );
}
