import type { CheckOperator } from './check-fields.ts';

export type CheckValue = string | number | boolean;

export interface CheckComparison {
  readonly kind: 'comparison';
  readonly field: string;
  readonly operator: CheckOperator;
  /** One value, or those of a list. */
  readonly values: readonly CheckValue[];
}

/** A condition that an upload must meet, read. */
export type Check = CheckComparison | AllOf | AnyOf;

export interface AllOf {
  readonly kind: 'all';
  readonly of: readonly Check[];
}

export interface AnyOf {
  readonly kind: 'any';
  readonly of: readonly Check[];
}
