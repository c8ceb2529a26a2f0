import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import type { View } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { allMatches } from './all-matches.ts';
import type { Selection } from './selection.ts';

export interface SelectMatchesProps {
  readonly view: View;
  readonly selection: Selection;
  /** Whether there are files of the view that are not loaded. */
  readonly isOffered: boolean;
}

/** Selects every file of the view, also those that nobody has scrolled to, and tells how many it found. */
export function SelectMatches({ view, selection, isOffered }: SelectMatchesProps) {
  const text = useText();
  const tell = useNotices();
  const [found, setFound] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const start = async () => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setFound(0);
    try {
      selection.selectThese(await allMatches(view, setFound, signal));
    } catch (error) {
      if (!signal.aborted) tell({ kind: 'failed', message: failureWords(error, text) });
    }
    if (!signal.aborted) setFound(undefined);
  };
  // The last part may be loaded while all are looked for.
  if (!isOffered && found === undefined) return null;
  return (
    <Button loading={found !== undefined} onClick={() => void start()}>
      {found === undefined ? text.select.all : text.select.finding(found)}
    </Button>
  );
}
