import { useState } from 'preact/hooks';
import { address } from '../api/client';
import type { Annotation } from '../api/types';
import { Article } from '../components/Article';
import { CodeForm } from '../components/CodeForm';
import { path, query } from '../state/place';
import { Documents } from './Documents';
import { StoredArticle } from './StoredArticle';

/** Reading: an article of the ledger, one that the reader pastes, or the list to choose from. */
export function Read() {
  const [coded, setCoded] = useState<Annotation | null>(null);
  const id = query.value.get('document') ?? idInPath();
  if (id) return <StoredArticle url={address(`/documents/${encodeURIComponent(id)}`)} />;
  return (
    <>
      {coded ? (
        <>
          <p><button type="button" onClick={() => setCoded(null)}>Code another article</button></p>
          <Article key={coded.id} article={coded} stored={false} />
        </>
      ) : (
        <>
          <h1>Read</h1>
          <details open>
            <summary>Paste an article and see it coded</summary>
            <CodeForm onCoded={setCoded} />
          </details>
          <Documents />
        </>
      )}
    </>
  );
}

/** Feeds of watchlists name an article as /read/ID. */
function idInPath(): string | null {
  const [, , id] = path.value.split('/');
  return id ? decodeURIComponent(id) : null;
}
