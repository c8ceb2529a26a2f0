import type { Expression, Operator, Variable } from './expression.ts';

/** What the variables stand for at one place of a plan; a missing one has no meaning there. */
export type Variables = Readonly<Partial<Record<Variable, number>>>;

/**
 * ImageKit's precedence, which is not the ordinary one: products before sums, both before remainders, and powers last,
 * each from left to right.
 */
const LEVELS: readonly (readonly Operator[])[] = [['mul', 'div'], ['add', 'sub'], ['mod'], ['pow']];

const APPLY: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  mul: (left, right) => left * right,
  div: (left, right) => left / right,
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mod: (left, right) => left % right,
  pow: (left, right) => left ** right,
};

/** @returns undefined when a variable has no meaning here or the result is no finite number */
export function evaluate({ terms, operators }: Expression, variables: Variables): number | undefined {
  const values = terms.map((term) => (typeof term === 'number' ? term : variables[term]));
  if (!values.every((value) => value !== undefined)) return undefined;
  const pending = { values: [...values], operators: [...operators] };
  for (const level of LEVELS) reduce(pending, level);
  const [result] = pending.values;
  return result !== undefined && Number.isFinite(result) ? result : undefined;
}

function reduce(pending: { values: number[]; operators: Operator[] }, level: readonly Operator[]): void {
  const values: number[] = pending.values.slice(0, 1);
  const operators: Operator[] = [];
  for (const [index, operator] of pending.operators.entries()) {
    const right = pending.values[index + 1] as number;
    if (level.includes(operator)) values.push(APPLY[operator](values.pop() as number, right));
    else {
      operators.push(operator);
      values.push(right);
    }
  }
  pending.values = values;
  pending.operators = operators;
}
