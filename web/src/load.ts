import { useEffect, useState } from 'preact/hooks';

export type Loaded<T> = { state: 'loading' } | { state: 'there'; value: T } | { state: 'failed'; error: Error };

/** Loads what `key` stands for whenever the key changes; an answer that comes too late is dropped. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [loaded, set] = useState<{ key: string; loaded: Loaded<T> }>({ key, loaded: { state: 'loading' } });
  useEffect(() => {
    let isWanted = true;
    const keep = (loaded: Loaded<T>) => isWanted && set({ key, loaded });
    load().then(
      (value) => keep({ state: 'there', value }),
      (error: Error) => keep({ state: 'failed', error }),
    );
    return () => {
      isWanted = false;
    };
  }, [key]);
  return loaded.key === key ? loaded.loaded : { state: 'loading' };
}
