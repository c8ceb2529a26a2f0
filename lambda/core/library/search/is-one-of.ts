import type { FieldComparison } from './query.ts';

/** A comparison of our own making: the field has one of these texts. */
export const isOneOf = (field: string, texts: readonly string[]): FieldComparison => ({
  ...{ kind: 'comparison', field, operator: 'IN' },
  values: texts.map((text) => ({ kind: 'text', text })),
});
