import type { Grammar, Reading } from '../grammars/grammar.ts';
import type { OutputSettings, Placement, Step, TextStyle } from '../plan.ts';
import type { Cost } from './cost.ts';

/**
 * Where in a step an operation is carried out, in this order, however the step was written. `encode` is what holds for
 * the final picture, whatever step it stands in. The renderer's list (render/pipeline.ts) is tied to this one by a
 * test.
 */
export const OPERATION_STAGES = [
  'source',
  'trim',
  'size',
  'turn',
  'distort',
  'effects',
  'border',
  'radius',
  'opacity',
  'shadow',
  'gradient',
  'background',
  'layer',
  'encode',
] as const;

export type OperationStage = (typeof OPERATION_STAGES)[number];

/** Everything that items can set, as it stands at one point of a plan. */
export interface Parts {
  readonly step: Step;
  readonly output: OutputSettings;
  readonly original: boolean;
  readonly placement: Placement;
  readonly text: TextStyle;
}

/** A plan on its way: what is being read. */
export interface Draft {
  step: Partial<Record<keyof Step, unknown>>;
  output: Partial<Record<keyof OutputSettings, unknown>>;
  original: boolean;
  placement: Partial<Record<keyof Placement, unknown>>;
  text: Partial<Record<keyof TextStyle, unknown>>;
}

export const emptyDraft = (): Draft => ({ step: {}, output: {}, original: false, placement: {}, text: {} });

/** A member of the plan together with the texts that stand for it. */
export interface Meaning<M extends string = string> {
  /** The member of the scope's type, or `original`. */
  readonly member: M;
  readonly scope: keyof Draft;
  readonly expected: string;
  readonly samples: readonly string[];
  /** What the text means, as a change of a draft. */
  readonly read: (text: string) => Reading<(draft: Draft) => void>;
  /** The canonical text of what a plan has for the member; undefined when it has nothing. */
  readonly write: (parts: Parts) => string | undefined;
}

/** How a computed value stands in an operation's text. */
export interface ComputedForm {
  /** Decimals of the number that is put in for the expression; pixels have none. @default 0 */
  readonly decimals?: number;
  /** Least number that is put in; smaller ones become it. @default the grammar refuses what it does not allow */
  readonly least?: number;
  /** Finds the expression within the text. @default all of it */
  readonly find?: (text: string) => { readonly before: string; readonly expression: string; readonly after: string };
}

/** One transformation. Parser, formatter, cost estimate, documentation and the tests' generators are made from it. */
export interface Operation {
  readonly name: string;
  /** Keys in the URL, the canonical one first. */
  readonly keys: readonly [string, ...string[]];
  readonly meaning: Meaning;
  readonly stage: OperationStage;
  readonly cost: Cost;
  /** Whether the value may be an expression (`iw_div_2`). */
  readonly takesExpressions: boolean;
  readonly computed?: ComputedForm;
  /** The names that ImageKit's SDKs have for it. */
  readonly sdkNames: readonly [string, ...string[]];
  /** One sentence for the documentation. */
  readonly sentence: string;
  /** One item that a reader can try. */
  readonly example: string;
}

/** A member of a step. */
export function ofStep<M extends keyof Step>(member: M, grammar: Grammar<NonNullable<Step[M]>>): Meaning<M> {
  return {
    member,
    scope: 'step',
    expected: grammar.expected,
    samples: grammar.samples,
    read: (text) => change(grammar.parse(text), (draft, value) => put(draft.step, member, value)),
    write: ({ step }) => written(grammar, step[member]),
  };
}

/** A member of a layer's placement. */
export function ofPlacement<M extends keyof Placement>(
  member: M,
  grammar: Grammar<NonNullable<Placement[M]>>,
): Meaning<M> {
  return {
    member,
    scope: 'placement',
    expected: grammar.expected,
    samples: grammar.samples,
    read: (text) => change(grammar.parse(text), (draft, value) => put(draft.placement, member, value)),
    write: ({ placement }) => written(grammar, placement[member]),
  };
}

/** A member of a text's style. */
export function ofText<M extends keyof TextStyle>(member: M, grammar: Grammar<NonNullable<TextStyle[M]>>): Meaning<M> {
  return {
    member,
    scope: 'text',
    expected: grammar.expected,
    samples: grammar.samples,
    read: (text) => change(grammar.parse(text), (draft, value) => put(draft.text, member, value)),
    write: ({ text }) => written(grammar, text[member]),
  };
}

/** A member of the output settings; `byDefault` is not written. */
export function ofOutput<M extends keyof OutputSettings>(
  member: M,
  grammar: Grammar<NonNullable<OutputSettings[M]>>,
  byDefault?: OutputSettings[M],
): Meaning<M> {
  return {
    member,
    scope: 'output',
    expected: grammar.expected,
    samples: grammar.samples,
    read: (text) => change(grammar.parse(text), (draft, value) => put(draft.output, member, value)),
    write: ({ output }) => (output[member] === byDefault ? undefined : written(grammar, output[member])),
  };
}

/** The wish for the source's own bytes. */
export function ofOriginal(grammar: Grammar<true>): Meaning<'original'> {
  return {
    member: 'original',
    scope: 'original',
    expected: grammar.expected,
    samples: grammar.samples,
    read: (text) =>
      change(grammar.parse(text), (draft, value) => {
        draft.original = value === true;
      }),
    write: ({ original }) => (original ? grammar.format(true) : undefined),
  };
}

/** Also understands the texts of another meaning, as some SDK samples write `c-pad_resize` for `cm-pad_resize`. */
export function orElse<M extends string>(meaning: Meaning<M>, other: Meaning): Meaning<M> {
  return {
    ...meaning,
    samples: [...meaning.samples, ...other.samples],
    read: (text) => {
      const reading = meaning.read(text);
      const otherwise = reading.kind === 'fault' ? other.read(text) : reading;
      return otherwise.kind === 'fault' ? reading : otherwise;
    },
  };
}

/** A reading without a value removes the member: a later `q-auto` takes back `q-50`. */
function change<T>(
  reading: Reading<T>,
  apply: (draft: Draft, value: T | undefined) => void,
): Reading<(draft: Draft) => void> {
  if (reading.kind === 'value') return { ...reading, value: (draft) => apply(draft, reading.value) };
  if (reading.kind === 'unset') return { kind: 'value', value: (draft) => apply(draft, undefined) };
  return reading;
}

function put<M extends string>(record: Partial<Record<M, unknown>>, member: M, value: unknown): void {
  if (value === undefined) delete record[member];
  else record[member] = value;
}

function written<T>(grammar: Grammar<NonNullable<T>>, value: T): string | undefined {
  return value === undefined || value === null ? undefined : grammar.format(value);
}
