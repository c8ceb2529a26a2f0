import { readNumber } from '../grammars/number.ts';

/**
 * Arithmetic in a value, as ImageKit writes it ("Arithmetic expressions in transformations"): `iw_div_2`,
 * `bw_sub_cw_div_2`. Values and operators alternate, an underscore between them.
 */
export interface Expression {
  readonly terms: readonly (number | Variable)[];
  /** One fewer than terms. */
  readonly operators: readonly Operator[];
}

/**
 * Sizes that an expression can name. `i`: the asset as it is stored, upright. `c`: the input of the step, or the finished
 * layer in a layer's position. `b`: the picture that a layer is drawn on. `idn`: the source's density.
 */
export const VARIABLES = ['iw', 'ih', 'iar', 'cw', 'ch', 'car', 'bw', 'bh', 'bar', 'idn'] as const;
export type Variable = (typeof VARIABLES)[number];

export const OPERATORS = ['mul', 'div', 'add', 'sub', 'mod', 'pow'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Values in one expression. A URL has room for thousands. */
const TERMS = 20;

export const EXPRESSION_EXPECTED = `an expression of up to ${TERMS} values (${VARIABLES.join(', ')} or numbers) with ${OPERATORS.join(', ')} between them, as in iw_div_2`;

const HINT = new RegExp(`(^|_)((${VARIABLES.join('|')}|idu|bdu)(_|$)|(${OPERATORS.join('|')})_)`);

/** Whether a value is to be computed, well written or not: `iw_div_2`, `bw`, `100_add_20`. */
export const isExpression = (text: string): boolean => HINT.test(text);

/** @returns undefined for what is no expression */
export function readExpression(text: string): Expression | undefined {
  const parts = text.split('_');
  if (parts.length % 2 === 0 || parts.length > 2 * TERMS - 1) return undefined;
  const terms = parts.filter((_, index) => index % 2 === 0).map(readTerm);
  const operators = parts.filter((_, index) => index % 2 === 1);
  if (!terms.every((term) => term !== undefined) || !operators.every(isOperator)) return undefined;
  return { terms, operators };
}

/** The canonical text. */
export function writeExpression({ terms, operators }: Expression): string {
  return terms.map((term, index) => (index === 0 ? term : `${operators[index - 1]}_${term}`)).join('_');
}

export const variablesOf = ({ terms }: Expression): Variable[] =>
  terms.filter((term): term is Variable => typeof term !== 'number');

function readTerm(part: string): number | Variable | undefined {
  if (isVariable(part)) return part;
  const number = readNumber(part);
  // Texts of numbers this small would need an exponent.
  return number !== undefined && number >= 0 && (number === 0 || number >= 0.000001) && number < 1e15
    ? number
    : undefined;
}

const isVariable = (part: string): part is Variable => (VARIABLES as readonly string[]).includes(part);
const isOperator = (part: string): part is Operator => (OPERATORS as readonly string[]).includes(part);
