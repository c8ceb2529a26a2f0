import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Catalogue } from './en.ts';
import { type Language, loadCatalogue, preferredLanguage, rememberLanguage } from './language.ts';

interface Texts {
  readonly language: Language;
  /** By which dates and numbers are written: the browser's own region of the language. */
  readonly locale: string;
  readonly text: Catalogue;
  readonly choose: (language: Language) => void;
}

const Context = createContext<Texts | undefined>(undefined);

/** Shows nothing until the texts are there, which is one small file. */
export function TextProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(preferredLanguage);
  const [text, setText] = useState<Catalogue>();
  useEffect(() => {
    let isWanted = true;
    void loadCatalogue(language).then((loaded) => {
      if (!isWanted) return;
      document.documentElement.lang = language;
      setText(loaded);
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  const value = useMemo(
    () =>
      text && {
        language,
        locale: navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language,
        text,
        choose: (chosen: Language) => {
          rememberLanguage(chosen);
          setLanguage(chosen);
        },
      },
    [language, text],
  );
  return value && <Context value={value}>{children}</Context>;
}

export function useTexts(): Texts {
  const texts = useContext(Context);
  if (!texts) throw new Error('There is no TextProvider around this.');
  return texts;
}

/** The catalogue of the chosen language. */
export const useText = (): Catalogue => useTexts().text;
