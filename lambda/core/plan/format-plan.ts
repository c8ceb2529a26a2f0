import { writeCondition } from './conditions/condition.ts';
import { writeExpression } from './expressions/expression.ts';
import { assetReference } from './grammars/asset-reference.ts';
import { encodeBase64Text } from './grammars/base64-text.ts';
import { writeItem } from './item.ts';
import type { Parts } from './operations/operation.ts';
import type { OperationTable } from './operations/table.ts';
import { BRANCH_TABLE, LAYER_STEP_TABLE, LAYER_TABLES, PICTURE_TABLE } from './operations/table.ts';
import type { Branch, Branching, Computed, Layer, OutputSettings, Plan, PlanStep, Step } from './plan.ts';
import { isBranching } from './plan.ts';
import { CANVAS } from './read-layer.ts';
import type { Token } from './tokens.ts';
import { chain, toSteps } from './tokens.ts';

const NO_OUTPUT: OutputSettings = { format: 'auto' };
const NOTHING: Parts = { step: {}, output: NO_OUTPUT, original: false, placement: {}, text: {} };

/**
 * The canonical text of a plan, as steps of items. Reading it gives the plan back, without what had been ignored. Output
 * settings stand in the last step.
 */
export function formatPlan(plan: Plan): string[][] {
  if (plan.original) return [writeParts(PICTURE_TABLE, { ...NOTHING, original: true })];
  return toSteps(withOutput(plan.steps, plan.output, PICTURE_TABLE));
}

/** A condition is alone in its step, and a step may end with a layer: settings then get a step of their own. */
function withOutput(steps: readonly PlanStep[], output: OutputSettings, table: OperationTable): Token[] {
  const settings = writeParts(table, { ...NOTHING, output });
  const written = steps.map((step) => writeStep(step, table));
  const last = steps.at(-1);
  if (settings.length === 0) return chain(written);
  if (!last || isBranching(last)) return chain([...written, settings]);
  return chain([...written.slice(0, -1), [...writeItems(last, table), ...settings, ...writeLayers(last)]]);
}

function writeStep(step: PlanStep, table: OperationTable): Token[] {
  return isBranching(step) ? writeBranching(step, table) : [...writeItems(step, table), ...writeLayers(step)];
}

const writeItems = (step: Step, table: OperationTable): string[] => writeParts(table, { ...NOTHING, step });

const writeLayers = (step: Step): Token[] => (step.layers ?? []).flatMap(writeLayer);

function writeBranching({ condition, whenTrue, whenFalse }: Branching, table: OperationTable): Token[] {
  const own = table === PICTURE_TABLE ? BRANCH_TABLE : table;
  const branch = ({ steps, output }: Branch) => withOutput(steps, { ...NO_OUTPUT, ...output }, own);
  const alternative = branch(whenFalse);
  return [
    `if-${writeCondition(condition)}`,
    ...branch(whenTrue),
    ...(alternative.length > 0 ? ['if-else', ...alternative] : []),
    'if-end',
  ];
}

function writeLayer(layer: Layer): Token[] {
  const [first = {}, ...later] = layer.steps;
  const text = layer.kind === 'image' ? {} : layer.style;
  const items = writeParts(LAYER_TABLES[layer.kind], {
    ...NOTHING,
    step: isBranching(first) ? {} : first,
    placement: layer.placement,
    text,
  });
  const untrimmed = layer.kind === 'image' && !isBranching(first) && first.trim === undefined ? ['t-false'] : [];
  const opening = [`l-${layer.kind === 'text' ? 'text' : 'image'}`, writeInput(layer), ...items, ...untrimmed];
  const rest = isBranching(first) ? writeBranching(first, LAYER_STEP_TABLE) : writeLayers(first);
  return [...chain([[...opening, ...rest], ...later.map((step) => writeStep(step, LAYER_STEP_TABLE))]), 'l-end'];
}

/** Plain where that is safe in every dialect, base64 elsewhere. */
function writeInput(layer: Layer): string {
  if (layer.kind === 'canvas') return `i-${CANVAS}`;
  if (layer.kind === 'text') return `ie-${encodeBase64Text(layer.text)}`;
  return /^[\w./-]+$/.test(layer.asset) && layer.asset !== `/${CANVAS}`
    ? `i-${assetReference.format(layer.asset)}`
    : `ie-${encodeBase64Text(layer.asset)}`;
}

function writeParts({ operations }: OperationTable, parts: Parts): string[] {
  return operations.flatMap(({ keys, meaning }) => {
    const text = meaning.write(parts) ?? computedText(parts, meaning.scope, keys[0]);
    return text === undefined ? [] : [writeItem(keys[0], text)];
  });
}

function computedText(parts: Parts, scope: keyof Parts, key: string): string | undefined {
  const part = parts[scope] as { readonly computed?: readonly Computed[] };
  const found = part.computed?.find((computed) => computed.key === key);
  return found && `${found.before}${writeExpression(found.expression)}${found.after}`;
}
