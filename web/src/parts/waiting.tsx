import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { Refused, keepToken } from '../api';
import type { Loaded } from '../load';

/** What is loaded, or what became of it. */
export function Waiting<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ComponentChild }) {
  if (of.state === 'loading') return <p role="status">Loading…</p>;
  if (of.state === 'there') return <>{children(of.value)}</>;
  if (of.error instanceof Refused && of.error.status === 401) return <TokenForm />;
  return (
    <p role="alert" class="fault">
      {of.error.message}
    </p>
  );
}

function TokenForm() {
  const [token, set] = useState('');
  const keep = (event: Event) => {
    event.preventDefault();
    keepToken(token);
    location.reload();
  };
  return (
    <form onSubmit={keep}>
      <label>
        Token of this desk <input type="password" value={token} onInput={(event) => set(event.currentTarget.value)} />
      </label>
      <button>Open</button>
    </form>
  );
}
