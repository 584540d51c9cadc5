import { useState } from 'preact/hooks';

interface Props {
  text: string;
  label: string;
  children: string;
}

/** Puts a text on the clipboard. A browser gives none to a page that came unencrypted from another machine; the text is
 * then shown, to be copied by hand. */
export function CopyButton({ text, label, children }: Props) {
  const [told, setTold] = useState('');
  const copy = (): void => {
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(() => setTold('copied'))
      .catch(() => setTold(text));
  };
  return (
    <>
      <button type="button" class="link" aria-label={label} onClick={copy}>{children}</button>
      <span role="status" class="quiet">{told && <> <bdi>{told}</bdi></>}</span>
    </>
  );
}
