import { hrefWith, query } from '../state/place';

/** Goes on to the next page of a list. */
export function Pager({ next, name = 'after' }: { next: string | null; name?: string }) {
  const begun = query.value.has(name);
  if (!next && !begun) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {begun && <a href={hrefWith({ [name]: null })}>First page</a>}
      {next && <a href={hrefWith({ [name]: next })} rel="next">Next page</a>}
    </nav>
  );
}
