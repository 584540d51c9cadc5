import { useState } from 'preact/hooks';

const KEY = 'entente-theme';

function apply(theme: string | null): void {
  if (theme) document.documentElement.dataset['theme'] = theme;
}
apply(localStorage.getItem(KEY));

/** Light or dark; what the system asks for until somebody chooses. */
export function ThemeButton() {
  const isDark = () =>
    (document.documentElement.dataset['theme'] ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const [dark, set] = useState(isDark);
  const turn = () => {
    const theme = dark ? 'light' : 'dark';
    localStorage.setItem(KEY, theme);
    apply(theme);
    set(!dark);
  };
  return (
    <button class="quiet" type="button" onClick={turn}>
      {dark ? 'Light' : 'Dark'}
    </button>
  );
}
