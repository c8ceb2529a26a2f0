import { evaluate, type Variables } from './expressions/evaluate.ts';
import { writeExpression } from './expressions/expression.ts';
import type { Size } from './geometry/size.ts';
import { writeNumber } from './grammars/number.ts';
import { writeItem } from './item.ts';
import type { Draft, Operation } from './operations/operation.ts';
import { emptyDraft } from './operations/operation.ts';
import { ALL_OPERATIONS } from './operations/table.ts';
import type { Computed, OutputSettings, Placement, Step, TextStyle } from './plan.ts';
import { invalid } from './read-items.ts';

/** Sizes that expressions can name at one place of a run. */
export interface Sizes {
  /** The asset as it is stored, upright. */
  readonly initial?: Size;
  /** The input of the step, or the finished layer. */
  readonly current?: Size;
  /** What a layer is drawn on. */
  readonly parent?: Size | undefined;
  /** Dots per inch of the source. @default 72 */
  readonly density?: number | undefined;
}

/** What a file is taken to have that says nothing of it. */
const DEFAULT_DENSITY = 72;

/** A step whose values are all known. @throws Problem transformation.invalid for a value that comes out as not allowed */
export const resolveStep = (step: Step, sizes: Sizes): Step => resolve(step, 'step', sizes);
export const resolvePlacement = (placement: Placement, sizes: Sizes): Placement =>
  resolve(placement, 'placement', sizes);
export const resolveOutput = <Settings extends Partial<OutputSettings>>(settings: Settings, sizes: Sizes): Settings =>
  resolve(settings, 'output', sizes);
export const resolveText = (style: TextStyle, sizes: Sizes): TextStyle => resolve(style, 'text', sizes);

function resolve<Part extends { readonly computed?: readonly Computed[] }>(
  part: Part,
  scope: 'step' | 'placement' | 'text' | 'output',
  sizes: Sizes,
): Part {
  if (!part.computed) return part;
  const { computed, ...known } = part;
  const variables = variablesFrom(sizes);
  const draft: Draft = { ...emptyDraft(), [scope]: known };
  for (const one of computed) readComputed(one, operationFor(scope, one.key), variables, draft);
  return draft[scope] as Part;
}

/** The text with a number in place of the expression is read like any other, so the same bounds hold. */
function readComputed(computed: Computed, operation: Operation, variables: Variables, draft: Draft): void {
  const { before, expression, after } = computed;
  const written = writeItem(computed.key, `${before}${writeExpression(expression)}${after}`);
  const value = evaluate(expression, variables);
  if (value === undefined) throw invalid(written, `${computed.key} (${operation.name})`, 'a finite number');
  const { decimals = 0, least } = operation.computed ?? {};
  const bounded = least === undefined ? value : Math.max(least, value);
  const rounded = Math.round(bounded * 10 ** decimals) / 10 ** decimals + 0;
  const reading = operation.meaning.read(`${before}${writeNumber(rounded)}${after}`);
  if (reading.kind === 'value') reading.value(draft);
  else {
    const expected = reading.kind === 'fault' ? reading.expected : operation.meaning.expected;
    throw invalid(written, `${computed.key} (${operation.name}), which is ${rounded} here,`, expected);
  }
}

function operationFor(scope: keyof Draft, key: string): Operation {
  const found = ALL_OPERATIONS.find(({ meaning, keys }) => meaning.scope === scope && keys[0] === key);
  if (!found) throw new Error(`No operation ${key} sets a ${scope}`);
  return found;
}

function variablesFrom({ initial, current, parent, density = DEFAULT_DENSITY }: Sizes): Variables {
  return {
    ...(initial && { iw: initial.width, ih: initial.height, iar: initial.width / initial.height }),
    ...(current && { cw: current.width, ch: current.height, car: current.width / current.height }),
    ...(parent && { bw: parent.width, bh: parent.height, bar: parent.width / parent.height }),
    idn: density,
  };
}
