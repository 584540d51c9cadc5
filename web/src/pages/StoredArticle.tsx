import type { DocumentAnswer } from '../api/types';
import { useLoad } from '../api/use_load';
import { Article } from '../components/Article';
import { Waiting } from '../components/Waiting';

/** An article of the ledger. */
export function StoredArticle({ url }: { url: string }) {
  const loaded = useLoad<DocumentAnswer>(url);
  return (
    <Waiting loaded={loaded}>
      {({ annotation, story }) => <Article key={annotation.id} article={annotation} story={story} stored />}
    </Waiting>
  );
}
