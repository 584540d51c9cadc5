import { address } from '../api/client';
import type { Page, StoredStatement } from '../api/types';
import { useLoad } from '../api/use_load';
import { nameOf } from '../state/parties';
import { StatementList } from './StatementList';
import { Waiting } from './Waiting';

interface Props {
  party: string;
  from?: string | null;
  to?: string | null;
}

/** What a party says. */
export function StatementsOf({ party, from, to }: Props) {
  const loaded = useLoad<Page<StoredStatement>>(address('/statements', { speaker: party, from, to, limit: 20 }));
  return (
    <section>
      <h2>What {nameOf(party)} says</h2>
      <Waiting loaded={loaded}>{({ items }) => <StatementList statements={items} />}</Waiting>
    </section>
  );
}
