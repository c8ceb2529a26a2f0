import Button from '@cloudscape-design/components/button';
import { useText } from '../i18n/text.tsx';
import type { AllMatches } from './use-all-matches.ts';

/** Selects every file of the view, also those that nobody has scrolled to, and tells how many it found. */
export function SelectMatches({ matches: { found, start, stop } }: { readonly matches: AllMatches }) {
  const { select, tasks } = useText();
  if (found === undefined) return <Button onClick={start}>{select.all}</Button>;
  return (
    <>
      <span aria-live="polite">{select.finding(found)}</span>
      <Button onClick={stop}>{tasks.stop}</Button>
    </>
  );
}
