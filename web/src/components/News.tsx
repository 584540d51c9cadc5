import { useEffect, useState } from 'preact/hooks';
import { hear } from '../api/stream';
import { countOf } from '../words';

/** Says when the ledger has grown; it does not move what the reader is looking at. */
export function News({ onShow }: { onShow: () => void }) {
  const [added, setAdded] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    // A stream that breaks off is no trouble to the reader: the next visit shows what is new.
    hear(({ happenings }) => setAdded((before) => before + happenings), stop.signal).catch(() => undefined);
    return () => stop.abort();
  }, []);
  const show = (): void => {
    setAdded(0);
    onShow();
  };
  return (
    <p role="status" class="news">
      {added > 0 && <button type="button" onClick={show}>Show {countOf(added, 'new happening')}</button>}
    </p>
  );
}
