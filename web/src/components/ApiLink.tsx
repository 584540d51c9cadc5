import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { hasToken, open } from '../api/client';
import { save } from '../export/save';

interface Props {
  href: string;
  /** Name of the file that is saved. */
  name: string;
  label?: string;
  type?: string;
  /** Whether it is saved without a token too. */
  isFile?: boolean;
  children: ComponentChildren;
}

/** A link to an answer of the server. A link cannot carry a token, so where there is one the answer is fetched with it
 * and saved. */
export function ApiLink({ href, name, label, type, isFile = false, children }: Props) {
  const [problem, setProblem] = useState('');
  const follow = (event: MouseEvent): void => {
    if (!hasToken()) return;
    event.preventDefault();
    setProblem('');
    open(href)
      .then((response) => response.blob())
      .then((content) => save(name, content))
      .catch((error: unknown) => setProblem(String(error)));
  };
  return (
    <>
      <a href={href} type={type} download={isFile ? name : undefined} aria-label={label} onClick={follow}>{children}</a>
      {problem && <span class="problem-text" role="alert"> {problem}</span>}
    </>
  );
}
