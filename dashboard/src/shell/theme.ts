import { useEffect, useState } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

const KEY = 'vitrine-theme';

/** What Cloudscape's styles look for. */
const DARK_CLASS = 'awsui-dark-mode';

const system = matchMedia('(prefers-color-scheme: dark)');

export const chosenTheme = (): Theme => THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';

function show(theme: Theme): void {
  const isDark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  document.body.classList.toggle(DARK_CLASS, isDark);
}

/** Before the first picture of the page, so that nothing flashes. */
export const showChosenTheme = (): void => show(chosenTheme());

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(chosenTheme);
  useEffect(() => {
    const follow = () => show(theme);
    follow();
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme]);
  const choose = (chosen: Theme) => {
    localStorage.setItem(KEY, chosen);
    setTheme(chosen);
  };
  return [theme, choose];
}
