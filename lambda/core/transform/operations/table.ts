import type { OutputSettings, Step } from '../plan.ts';
import type { Operation } from './operation.ts';
import { OUTPUT } from './output.ts';
import { PAINTING } from './painting.ts';
import { SIZING } from './sizing.ts';

const TABLE = [...SIZING, ...PAINTING, ...OUTPUT] as const;

/** Every transformation that the product carries out, in the order in which a canonical step is written. */
export const OPERATIONS: readonly Operation[] = TABLE;

const BY_KEY: ReadonlyMap<string, Operation> = new Map(
  OPERATIONS.flatMap((operation) => operation.keys.map((key) => [key, operation] as const)),
);

export const operationOf = (key: string): Operation | undefined => BY_KEY.get(key);

/** Does not compile when a member of a plan has no operation that sets it. */
type NoneOf<T extends never> = T;
export type MembersWithoutOperation = NoneOf<
  Exclude<keyof Step | keyof OutputSettings | 'original', (typeof TABLE)[number]['meaning']['member']>
>;
