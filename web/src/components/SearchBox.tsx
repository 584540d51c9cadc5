import { go, query } from '../state/place';

/** The search of the masthead. */
export function SearchBox() {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = new FormData(event.currentTarget as HTMLFormElement).get('q');
    go(`/search?q=${encodeURIComponent(String(words ?? ''))}`);
  };
  return (
    <form role="search" class="search" action="/search" onSubmit={submit}>
      <input type="search" name="q" aria-label="Search articles, statements and people" placeholder="Search" value={query.value.get('q') ?? ''} />
      <button type="submit">Search</button>
    </form>
  );
}
