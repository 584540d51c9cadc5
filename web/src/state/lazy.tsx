import type { ComponentChildren, ComponentType, FunctionComponent } from 'preact';
import { createContext, h } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

const Fallback = createContext<ComponentChildren>(null);

/** What stands in while a lazy component within is fetched. */
export function Suspense({ fallback, children }: { fallback: ComponentChildren; children: ComponentChildren }) {
  return <Fallback.Provider value={fallback}>{children}</Fallback.Provider>;
}

/** A component that is fetched when first shown: preact/compat has one too, but brings much else. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): FunctionComponent<P> {
  let found: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const fallback = useContext(Fallback);
    const [, setReady] = useState(found !== undefined);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (found) return;
      load().then(
        (component) => {
          found = component;
          setReady(true);
        },
        () => setFailed(true),
      );
    }, []);
    if (failed) return <p class="notice problem" role="alert">This part of the desk could not be fetched; load the page again.</p>;
    return found ? h(found, props) : <>{fallback}</>;
  };
}
