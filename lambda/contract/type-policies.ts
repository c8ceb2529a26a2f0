/**
 * What happens to an upload that is not what its sender declared. `accept` stores it as what it is; `correct` does so too, but
 * refuses what was sent as an image and is none; `refuse` refuses every difference.
 */
export const TYPE_POLICIES = ['accept', 'correct', 'refuse'] as const;
export type TypePolicy = (typeof TYPE_POLICIES)[number];

export const DEFAULT_TYPE_POLICY: TypePolicy = 'correct';

export const isTypePolicy = (value: unknown): value is TypePolicy => TYPE_POLICIES.some((policy) => policy === value);
