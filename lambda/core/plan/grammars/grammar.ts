/** What a text in the URL turned out to mean. */
export type Reading<T> =
  | {
      readonly kind: 'value';
      readonly value: T;
      /** The value stands in for what was asked and cannot be done; that is told to the client. */
      readonly instead?: true;
    }
  /** As if the item was not there: `t-false`, `q-auto`. */
  | { readonly kind: 'unset' }
  /** ImageKit documents that such a value is left out, and answers without it. */
  | { readonly kind: 'ignored' }
  /** A value of ImageKit's that the product does not offer yet; `feature` says what it asks for. */
  | { readonly kind: 'unsupported'; readonly feature: string }
  /** No value; `expected` completes the sentence "… must be". */
  | { readonly kind: 'fault'; readonly expected: string };

/** One kind of value: its text in the URL and what it means. `parse(format(value))` gives the value back. */
export interface Grammar<T> {
  /** Allowed values with their bounds, in words that complete "must be". */
  readonly expected: string;
  /** Reads what stands after the key's dash. A key without a value arrives as `true`. Never throws. */
  readonly parse: (text: string) => Reading<T>;
  /** The canonical text of a value. */
  readonly format: (value: T) => string;
  /** Texts with a value, the bounds among them. Tests are made from them. */
  readonly samples: readonly string[];
}

export const found = <T>(value: T): Extract<Reading<T>, { kind: 'value' }> => ({ kind: 'value', value });
export const unset: Reading<never> = { kind: 'unset' };
export const ignored: Reading<never> = { kind: 'ignored' };
export const unsupported = (feature: string): Reading<never> => ({ kind: 'unsupported', feature });
export const fault = (expected: string): Reading<never> => ({ kind: 'fault', expected });
