import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import type { Condition } from './conditions/condition.ts';
import { CONDITION_EXPECTED, readCondition } from './conditions/condition.ts';
import type { Item } from './item.ts';
import { readItem } from './item.ts';
import type { Draft } from './operations/operation.ts';
import { emptyDraft } from './operations/operation.ts';
import { BRANCH_TABLE, PICTURE_TABLE } from './operations/table.ts';
import type { Branch, Branching, Layer, OutputSettings, PlanStep, Step } from './plan.ts';
import type { ItemScope } from './read-items.ts';
import { invalid, readItems } from './read-items.ts';
import { readLayer } from './read-layer.ts';
import type { ReadChain, Reader } from './reader.ts';
import { expectEnd, peek } from './reader.ts';
import type { Token } from './tokens.ts';

/** Items that close or divide a block. */
const ENDS: ReadonlySet<Token> = new Set(['l-end', 'if-else', 'if-end']);

const CONDITION = /^if-(?!else$|end$)/;

/** Reads chained steps: the whole of a transformation, of a layer or of a branch. */
export const readChain: ReadChain = (reader, scope, output, first) => {
  const steps: PlanStep[] = [];
  for (let index = 0; ; index++) {
    const start = index === 0 && first ? first : { scope, draft: { ...emptyDraft(), output } };
    const step = readStep(reader, start.scope, start.draft);
    if (Object.keys(step).length > 0 || (index === 0 && first)) steps.push(step);
    if (reader.at >= reader.tokens.length || peek(reader) !== null) return bounded(steps);
    reader.at += 1;
  }
};

function bounded(steps: PlanStep[]): PlanStep[] {
  if (steps.length <= LIMITS.steps) return steps;
  throw problem('transformation.limit', `A chain may have at most ${LIMITS.steps} steps, this has ${steps.length}.`);
}

function readStep(reader: Reader, scope: ItemScope, draft: Draft): PlanStep {
  const items: Item[] = [];
  const layers: Layer[] = [];
  let branching: Branching | undefined;
  for (let token = peek(reader); token && !ENDS.has(token); token = peek(reader)) {
    reader.at += 1;
    if (token.startsWith('l-')) layers.push(...drawable(readLayer(reader, token, readChain)));
    else if (CONDITION.test(token)) branching = readBranching(reader, scope, token, branching);
    else items.push(readItem(token));
  }
  if (branching) return alone(branching, items, layers);
  draft.step = { ...draft.step };
  readItems(items, scope, draft, (written) => reader.ignored.push(written));
  return { ...(draft.step as Step), ...(layers.length > 0 && { layers }) };
}

const drawable = (layer: Layer | undefined): Layer[] => (layer ? [layer] : []);

function readBranching(reader: Reader, scope: ItemScope, opener: string, before: Branching | undefined): Branching {
  const condition: Condition | undefined = readCondition(opener.slice(3));
  if (!condition) throw invalid(opener, 'a condition', CONDITION_EXPECTED);
  if (before) throw invalid(opener, 'a condition', 'alone in its step');
  if (reader.inBranch) throw invalid(opener, 'a condition', 'outside other conditions');
  reader.inBranch = true;
  const whenTrue = readBranch(reader, scope);
  let whenFalse: Branch = { steps: [], output: {} };
  if (peek(reader) === 'if-else') {
    reader.at += 1;
    whenFalse = readBranch(reader, scope);
  }
  reader.inBranch = false;
  expectEnd(reader, opener, 'if-end');
  return { condition, whenTrue, whenFalse };
}

function readBranch(reader: Reader, scope: ItemScope): Branch {
  const output: Draft['output'] = {};
  const table = scope.table === PICTURE_TABLE ? BRANCH_TABLE : scope.table;
  const steps = readChain(reader, { ...scope, table }, output) as Step[];
  // The default has no text of its own, so it is no setting of a branch either.
  if (output.format === 'auto') delete output.format;
  return { steps, output: output as Partial<OutputSettings> };
}

/** ImageKit: a conditional block is the only thing in its step. */
function alone(branching: Branching, items: readonly Item[], layers: readonly Layer[]): Branching {
  if (items.length === 0 && layers.length === 0) return branching;
  throw invalid(items[0]?.written ?? 'l-', 'the step of a condition', 'the condition alone, with a colon around it');
}
