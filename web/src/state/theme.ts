import { signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const told = document.documentElement.dataset.theme;
export const theme = signal<Theme>(told === 'light' || told === 'dark' ? told : 'system');

export function setTheme(next: Theme): void {
  theme.value = next;
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem('theme', next);
  } catch {
    // Storage may be forbidden; the theme then lasts for this visit.
  }
}
