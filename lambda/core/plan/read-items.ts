import { problem } from '../kernel/problems.ts';
import type { Expression, Variable } from './expressions/expression.ts';
import { EXPRESSION_EXPECTED, isExpression, readExpression, variablesOf } from './expressions/expression.ts';
import type { Item } from './item.ts';
import type { Draft, Operation } from './operations/operation.ts';
import type { OperationTable } from './operations/table.ts';
import { unsupportedOf } from './operations/unsupported.ts';
import type { Computed } from './plan.ts';

/** What items of one place can mean, and which sizes their expressions may name. */
export interface ItemScope {
  readonly table: OperationTable;
  readonly variables: ReadonlySet<Variable>;
}

/**
 * Reads the items of one step into a draft: of equal operations the last, in the table's order, so that the written order
 * never matters.
 * @param ignore told the items that have no meaning here
 * @throws Problem transformation.invalid or transformation.unsupported
 */
export function readItems(
  items: readonly Item[],
  scope: ItemScope,
  draft: Draft,
  ignore: (written: string) => void,
): void {
  const chosen = choose(items, scope.table, ignore);
  for (const operation of scope.table.operations) {
    const item = chosen.get(operation);
    if (item) readInto(draft, operation, item, scope, ignore);
  }
}

function choose(items: readonly Item[], table: OperationTable, ignore: (written: string) => void) {
  const chosen = new Map<Operation, Item>();
  for (const item of items) {
    const operation = table.find(item.key);
    const unsupported = operation ? undefined : unsupportedOf(item.key);
    if (unsupported) throw notOffered(item, unsupported.feature);
    // Spaces around a value are typing mistakes; SDKs and browsers escape them faithfully.
    if (operation) chosen.set(operation, { ...item, text: item.text.trim() });
    else ignore(checkUnknown(item).written);
  }
  return chosen;
}

/** Characters of an item that may be left out: nothing that anybody means is longer. */
const UNKNOWN_LENGTH = 100;

/** Unknown items are left out, but not such as only an attack writes. */
function checkUnknown(item: Item): Item {
  if (item.key in Object.prototype) throw invalid(item.written, item.key, 'the key of an operation');
  if (item.written.length <= UNKNOWN_LENGTH) return item;
  throw invalid(item.written, 'an item with an unknown key', `at most ${UNKNOWN_LENGTH} characters long`);
}

function readInto(
  draft: Draft,
  operation: Operation,
  item: Item,
  scope: ItemScope,
  ignore: (written: string) => void,
): void {
  const computed = operation.takesExpressions ? readComputed(operation, item, scope) : undefined;
  if (computed) {
    addComputed(draft, operation, computed);
    return;
  }
  const reading = operation.meaning.read(item.text);
  if (reading.kind === 'value') {
    reading.value(draft);
    dropComputed(draft, operation);
    if (reading.instead) ignore(item.written);
  } else if (reading.kind === 'ignored') ignore(item.written);
  else if (reading.kind === 'unsupported') throw notOffered(item, reading.feature);
  else if (reading.kind === 'fault') throw invalidItem(operation, item, reading.expected);
}

function readComputed(operation: Operation, item: Item, scope: ItemScope): Computed | undefined {
  const whole = { before: '', expression: item.text, after: '' };
  const { before, expression: text, after } = operation.computed?.find?.(item.text) ?? whole;
  if (!isExpression(text)) return undefined;
  const expression = readExpression(text);
  if (!expression) throw invalidItem(operation, item, `${operation.meaning.expected}, or ${EXPRESSION_EXPECTED}`);
  refuseVariables(operation, item, expression, variablesFor(operation, scope));
  return { key: operation.keys[0], before, expression, after };
}

/** A position is computed last, when the layer is finished (ImageKit, "Arithmetic expressions"). */
const FINISHED: readonly Variable[] = ['cw', 'ch', 'car'];

function variablesFor({ meaning }: Operation, { variables }: ItemScope): ReadonlySet<Variable> {
  return meaning.scope === 'placement' ? new Set([...variables, ...FINISHED]) : variables;
}

function refuseVariables(operation: Operation, item: Item, expression: Expression, known: ReadonlySet<Variable>): void {
  const unknown = variablesOf(expression).find((variable) => !known.has(variable));
  if (unknown === undefined) return;
  throw invalidItem(operation, item, `computed from ${[...known].join(', ')} here; ${unknown} has no meaning`);
}

/** Kept where the operation's own member would be, in the table's order. */
function addComputed(draft: Draft, operation: Operation, computed: Computed): void {
  dropComputed(draft, operation);
  const part = partOf(draft, operation);
  if (!part) return;
  delete part[operation.meaning.member];
  part.computed = [...(part.computed ?? []), computed];
}

/** An output setting of an earlier step: the last one wins. */
function dropComputed(draft: Draft, operation: Operation): void {
  const part = partOf(draft, operation);
  if (!part?.computed) return;
  const rest = part.computed.filter(({ key }) => key !== operation.keys[0]);
  if (rest.length > 0) part.computed = rest;
  else delete part.computed;
}

const partOf = (draft: Draft, { meaning }: Operation) =>
  draft[meaning.scope] as { computed?: readonly Computed[]; [member: string]: unknown } | undefined;

/** @param what the subject: `w (width)` */
export function invalid(written: string, what: string, expected: string) {
  return problem('transformation.invalid', `${quoted(written)} is not valid: ${what} must be ${expected}.`);
}

export function notOffered({ written }: Pick<Item, 'written'>, feature: string) {
  return problem('transformation.unsupported', `${quoted(written)} asks for ${feature}, which is not supported.`);
}

const invalidItem = (operation: Operation, item: Item, expected: string) =>
  invalid(item.written, `${item.key} (${operation.name})`, expected);

/** What the client wrote, short enough for a message and without characters that could break it. */
export function quoted(written: string): string {
  return JSON.stringify(written.length > 60 ? `${written.slice(0, 60)}…` : written);
}
