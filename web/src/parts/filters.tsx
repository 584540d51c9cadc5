import { go, withQuery } from '../route';

const LABELS: Record<string, string> = {
  party: 'Party',
  with: 'And',
  a: 'One side',
  b: 'Other side',
  type: 'Type',
  from: 'From',
  to: 'To',
  text: 'Words',
  step: 'Step',
};

/** Conditions that the address holds; sent when the form is. */
export function Filters({ query, names }: { query: URLSearchParams; names: string[] }) {
  const send = (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    go(withQuery({ ...Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '')])), after: '' }));
  };
  return (
    <form class="filters" onSubmit={send} key={query.toString()}>
      {names.map((name) => (
        <label>
          {LABELS[name] ?? name}
          <input name={name} type={name === 'from' || name === 'to' ? 'date' : 'text'} defaultValue={query.get(name) ?? ''} />
        </label>
      ))}
      <button>Show</button>
    </form>
  );
}
