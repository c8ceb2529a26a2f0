export interface ChoiceFilterProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  /** One that is set is shown elsewhere. */
  readonly shown: Value | undefined;
  readonly choose: (value: Value) => void;
}

/** One of a few values that are always the same. */
export function ChoiceFilter<Value extends string>({ label, values, words, shown, choose }: ChoiceFilterProps<Value>) {
  if (shown !== undefined) return null;
  return (
    <select
      className="chip"
      aria-label={label}
      value=""
      onChange={(event) => {
        const value = values.find((one) => one === event.target.value);
        if (value !== undefined) choose(value);
      }}
    >
      <option value="">{label}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {words[value]}
        </option>
      ))}
    </select>
  );
}
