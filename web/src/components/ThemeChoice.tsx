import { setTheme, theme, type Theme } from '../state/theme';

/** Light, dark, or as the system has it. */
export function ThemeChoice() {
  return (
    <label class="inline-field">
      Theme
      <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
        <option value="system">as the system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </label>
  );
}
