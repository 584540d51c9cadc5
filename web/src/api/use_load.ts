import { useEffect, useState } from 'preact/hooks';
import { ApiError, get } from './client';

export interface Loaded<T> {
  value: T | undefined;
  error: ApiError | undefined;
  loading: boolean;
}

const asError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('Something went wrong', 0, String(error));

/** Loads an answer and keeps the last one on show while the next is under way; `null` loads nothing. */
export function useLoad<T>(url: string | null, again = 0): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ value: undefined, error: undefined, loading: url !== null });
  useEffect(() => {
    if (url === null) {
      setState({ value: undefined, error: undefined, loading: false });
      return;
    }
    const stop = new AbortController();
    setState((before) => ({ ...before, error: undefined, loading: true }));
    get<T>(url, stop.signal).then(
      (value) => setState({ value, error: undefined, loading: false }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ value: undefined, error: asError(error), loading: false });
      },
    );
    return () => stop.abort();
  }, [url, again]);
  return state;
}
