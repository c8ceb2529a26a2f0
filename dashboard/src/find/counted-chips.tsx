import { formatNumber } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';

export interface CountedChipsProps {
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly count: number }[] | undefined;
  readonly choose: (value: string) => void;
}

/** Values that files have, from the most frequent; one alone that all have would narrow nothing. */
export function CountedChips({ label, values = [], choose }: CountedChipsProps) {
  const { locale } = useTexts();
  return values.map(({ value, count }) => (
    <button key={value} type="button" className="chip" aria-pressed="false" title={label} onClick={() => choose(value)}>
      {value} <span className="chip-count">{formatNumber(count, locale)}</span>
    </button>
  ));
}
