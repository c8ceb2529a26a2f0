import type { Catalogue } from './en.ts';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

const KEY = 'vitrine-language';

const isLanguage = (text: string | null | undefined): text is Language => text != null && text in LANGUAGES;

/** The one that was chosen in this browser, else the first that the browser asks for, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

export const rememberLanguage = (language: Language): void => localStorage.setItem(KEY, language);

/** Only the texts of one language are loaded. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  return language === 'de' ? (await import('./de.ts')).de : (await import('./en.ts')).en;
}
