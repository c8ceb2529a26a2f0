import { useEffect, useRef, useState } from 'react';
import type { View } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { allMatches } from './all-matches.ts';
import type { Selection } from './selection.ts';

/** The way to every file of a view, also those that nobody has scrolled to. */
export interface AllMatches {
  /** How many are found so far; undefined while they are not looked for. */
  readonly found: number | undefined;
  /** Looks for them, and selects them. */
  readonly start: () => void;
  /** Looks no further; what was selected stays so. */
  readonly stop: () => void;
}

export function useAllMatches(view: View, selection: Selection): AllMatches {
  const text = useText();
  const tell = useNotices();
  const [found, setFound] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other files.
  useEffect(() => () => stop.current?.abort(), [view]);
  const start = async () => {
    stop.current?.abort();
    stop.current = new AbortController();
    const { signal } = stop.current;
    setFound(0);
    try {
      selection.selectAll(await allMatches(view, setFound, signal));
    } catch (error) {
      if (!signal.aborted) tell({ kind: 'failed', message: failureWords(error, text) });
    }
    if (stop.current?.signal === signal) setFound(undefined);
  };
  return { found, start: () => void start(), stop: () => stop.current?.abort() };
}
