import type { ComponentChildren } from 'preact';
import type { Loaded } from '../api/use_load';

interface Props<T> {
  loaded: Loaded<T>;
  children: (value: T) => ComponentChildren;
}

/** Shows an answer once it is there, and says so while it is not or when it cannot be had. */
export function Waiting<T>({ loaded, children }: Props<T>) {
  const { value, error, loading } = loaded;
  if (error) {
    return (
      <div class="notice problem" role="alert">
        <strong>{error.title}</strong>
        {error.detail && <span> {error.detail}</span>}
      </div>
    );
  }
  if (value === undefined) return loading ? <p class="quiet" role="status">Loading…</p> : null;
  return <div aria-busy={loading}>{children(value)}</div>;
}
