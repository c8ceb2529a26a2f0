import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../errors.ts';
import type { Item } from './item.ts';
import { readItem } from './item.ts';
import type { Draft, Operation } from './operations/operation.ts';
import { OPERATIONS, operationOf } from './operations/table.ts';
import { isExpression, upcomingOf } from './operations/upcoming.ts';
import type { OutputSettings, Plan, Step } from './plan.ts';

/** The items of one step that count: of equal operations the last. */
type Chosen = Map<Operation, Item>;

const ORIGINAL: Plan = { original: true, steps: [], output: { format: 'auto' }, ignored: [] };

/**
 * Reads what a URL's transformation means. Keys that nobody knows are left out and told in `ignored`, as are values that
 * ImageKit documents to be left out.
 * @param steps chained steps, each a list of decoded items
 * @throws Problem transformation.invalid for a value that is not allowed, with what is
 * @throws Problem transformation.unsupported for what ImageKit has and this product does not offer yet
 * @throws Problem transformation.limit for too many steps
 */
export function readPlan(steps: readonly (readonly string[])[]): Plan {
  if (steps.length > LIMITS.steps) {
    throw problem('transformation.limit', `A URL may have ${LIMITS.steps} chained steps, this has ${steps.length}.`);
  }
  const items = steps.map((step) => step.map(readItem));
  if (asksForOriginal(items.flat())) return ORIGINAL;
  const ignored: string[] = [];
  const chosen = items.map((step) => choose(step, ignored));
  const draft: Draft = { step: {}, output: { format: 'auto' }, original: false };
  const read = chosen.map((step) => readStep(step, draft, ignored));
  return {
    original: false,
    steps: read.filter((step) => Object.keys(step).length > 0),
    output: draft.output as unknown as OutputSettings,
    ignored,
  };
}

/** Within layer and conditional blocks the word has no such meaning. */
function asksForOriginal(items: readonly Item[]): boolean {
  let depth = 0;
  return items.some((item) => {
    if (item.key === 'l' || item.key === 'if') depth = Math.max(0, depth + blockDepth(item.text));
    if (depth > 0 || operationOf(item.key)?.meaning.scope !== 'original') return false;
    const draft: Draft = { step: {}, output: {}, original: false };
    const reading = operationOf(item.key)?.meaning.read(item.text);
    if (reading?.kind === 'value') reading.value(draft);
    return draft.original;
  });
}

function blockDepth(text: string): number {
  if (text === 'else') return 0;
  return text === 'end' ? -1 : 1;
}

function choose(step: readonly Item[], ignored: string[]): Chosen {
  const chosen: Chosen = new Map();
  for (const item of step) {
    const upcoming = upcomingOf(item.key);
    if (upcoming) throw notOffered(item, upcoming.feature);
    const operation = operationOf(item.key);
    if (operation) chosen.set(operation, item);
    else ignored.push(item.written);
  }
  return chosen;
}

/** Reads in the table's order, so that the written order of items never matters. */
function readStep(chosen: Chosen, draft: Draft, ignored: string[]): Step {
  draft.step = {};
  for (const operation of OPERATIONS) {
    const item = chosen.get(operation);
    if (item) readInto(draft, operation, item, ignored);
  }
  return draft.step as Step;
}

function readInto(draft: Draft, operation: Operation, item: Item, ignored: string[]): void {
  if (operation.takesExpressions && isExpression(item.text)) throw notOffered(item, 'arithmetic in values');
  const reading = operation.meaning.read(item.text);
  if (reading.kind === 'value') reading.value(draft);
  else if (reading.kind === 'ignored') ignored.push(item.written);
  else if (reading.kind === 'unsupported') throw notOffered(item, reading.feature);
  else if (reading.kind === 'fault') throw invalid(operation, item, reading.expected);
}

function invalid({ name }: Operation, item: Item, expected: string) {
  return problem(
    'transformation.invalid',
    `${quoted(item.written)} is not valid: ${item.key} (${name}) must be ${expected}.`,
  );
}

function notOffered(item: Item, feature: string) {
  const offered = OPERATIONS.map(({ keys }) => keys[0]).join(', ');
  return problem(
    'transformation.unsupported',
    `${quoted(item.written)} asks for ${feature}, which is not supported yet; supported are ${offered}.`,
  );
}

/** What the client wrote, short enough for a message and without characters that could break it. */
function quoted(written: string): string {
  return JSON.stringify(written.length > 60 ? `${written.slice(0, 60)}…` : written);
}
