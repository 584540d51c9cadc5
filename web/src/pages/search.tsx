import { get } from '../api';
import { useLoaded } from '../load';
import { Waiting } from '../parts/waiting';
import { go } from '../route';
import type { DocumentEntry, StoredPerson, StoredStatement } from '../types';

interface Found {
  documents: DocumentEntry[];
  statements: StoredStatement[];
  people: StoredPerson[];
}

/** Words in articles and statements, and people by name. */
export function Search({ query }: { query: URLSearchParams }) {
  const words = query.get('q') ?? '';
  const send = (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    go(`/search?${new URLSearchParams({ q: String(data.get('q') ?? '') })}`);
  };
  return (
    <>
      <h1>Search</h1>
      <form onSubmit={send} role="search" key={words}>
        <label>
          Words, "phrases in quotes", begin* of words <input name="q" type="search" defaultValue={words} required />
        </label>
        <button>Search</button>
      </form>
      {words && <Results words={words} />}
    </>
  );
}

function Results({ words }: { words: string }) {
  const loaded = useLoaded(`search ${words}`, () => get<Found>('search', { q: words }));
  return (
    <Waiting of={loaded}>
      {(found) => (
        <>
          <h2>Articles</h2>
          <ul>
            {found.documents.map((entry) => (
              <li>
                <time>{entry.published}</time> <a href={`/read/${encodeURIComponent(entry.document_id)}`}>{entry.title ?? entry.document_id}</a>
              </li>
            ))}
          </ul>
          <h2>Statements</h2>
          <ul>
            {found.statements.map((item) => (
              <li>
                {item.statement.speaker?.entity_name ?? 'someone'}:{' '}
                <a href={`/read/${encodeURIComponent(item.document_id)}`}>“{item.statement.content.text}”</a>
              </li>
            ))}
          </ul>
          {found.people.length > 0 && <h2>People</h2>}
          <ul>
            {found.people.map((item) => (
              <li>
                <a href={`/read/${encodeURIComponent(item.document_id)}`}>{item.person.name}</a>
                {item.person.office && `, ${item.person.office}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </Waiting>
  );
}
