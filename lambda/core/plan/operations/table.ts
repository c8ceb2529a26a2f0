import type { OutputSettings, Placement, Step, TextStyle } from '../plan.ts';
import { EFFECTS } from './effects.ts';
import type { Operation } from './operation.ts';
import { OUTPUT } from './output.ts';
import { PAINTING } from './painting.ts';
import { PLACEMENT } from './placement.ts';
import { SIZING } from './sizing.ts';
import { SOURCE } from './source.ts';
import { TENTHS, TEXT } from './text.ts';

const OF_PICTURES = [...SOURCE, ...SIZING, ...PAINTING, ...EFFECTS, ...OUTPUT] as const;

/** Every transformation of a picture, in the order in which a canonical step is written. */
export const OPERATIONS: readonly Operation[] = OF_PICTURES;

/** What the items of one place can mean: operations in canonical order, found by their keys. */
export interface OperationTable {
  readonly operations: readonly Operation[];
  readonly find: (key: string) => Operation | undefined;
}

/** Of a key that is in several lists, the first list counts. */
function tableOf(...lists: readonly (readonly Operation[])[]): OperationTable {
  const byKey = new Map<string, Operation>();
  for (const operation of lists.flat()) {
    for (const key of operation.keys) if (!byKey.has(key)) byKey.set(key, operation);
  }
  return { operations: [...new Set(byKey.values())], find: (key) => byKey.get(key) };
}

const OF_STEPS = OPERATIONS.filter(({ meaning }) => meaning.scope === 'step');

/** Operations that a text can have: it has no source, and is set in a size instead of being scaled. */
const TURNED_AND_PAINTED = OF_STEPS.filter(({ stage }) => stage !== 'source' && stage !== 'size' && stage !== 'trim');

/** Of a picture's own steps. */
export const PICTURE_TABLE = tableOf(OPERATIONS);
/** Of the branches of a condition: the source is chosen before the condition is decided. */
export const BRANCH_TABLE = tableOf(
  OPERATIONS.filter(({ stage, meaning }) => stage !== 'source' && meaning.scope !== 'original'),
);
/** Of later steps within a layer. */
export const LAYER_STEP_TABLE = tableOf(OF_STEPS);
/** Of the first step within a layer, by its kind. */
export const LAYER_TABLES = {
  image: tableOf(PLACEMENT, OF_STEPS),
  text: tableOf(PLACEMENT, TEXT, TURNED_AND_PAINTED),
  canvas: tableOf(PLACEMENT, [TENTHS], OF_STEPS),
} as const satisfies Record<string, OperationTable>;

export const operationOf = (key: string): Operation | undefined => PICTURE_TABLE.find(key);

/** Every operation there is, wherever it may stand. */
export const ALL_OPERATIONS: readonly Operation[] = [...OPERATIONS, ...PLACEMENT, ...TEXT];

/** What only an endpoint says, where the URL says nothing. */
type OfEndpoint = 'defaultQuality' | 'keepsFormat';

/** Does not compile when a member of a plan has no operation that sets it. */
type NoneOf<T extends never> = T;
type MemberOf<List extends readonly Operation[]> = List[number]['meaning']['member'];
export type MembersWithoutOperation = NoneOf<
  | Exclude<
      keyof Step | keyof OutputSettings | 'original',
      MemberOf<typeof OF_PICTURES> | 'computed' | 'layers' | OfEndpoint
    >
  | Exclude<keyof Placement, MemberOf<typeof PLACEMENT> | 'computed'>
  | Exclude<keyof TextStyle, MemberOf<typeof TEXT> | 'computed'>
>;
