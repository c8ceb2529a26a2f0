import { readNumber } from '../grammars/number.ts';
import { ratio } from '../grammars/ratio.ts';

/**
 * A condition (ImageKit, "Conditional transformations"): alternatives, in each of which all comparisons must hold;
 * `and` binds tighter than `or`.
 */
export type Condition = readonly (readonly Comparison[])[];

export interface Comparison {
  readonly property: Property;
  readonly operator: ComparisonOperator;
  readonly value: number;
}

/** `h`, `w`, `ar`: the input of the step. `ih`, `iw`, `iar`: the asset as it is stored, upright. */
export const PROPERTIES = ['h', 'w', 'ar', 'ih', 'iw', 'iar'] as const;
export type Property = (typeof PROPERTIES)[number];

export const COMPARISON_OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** Comparisons in one condition. */
const COMPARISONS = 20;

export const CONDITION_EXPECTED = `up to ${COMPARISONS} comparisons of ${PROPERTIES.join(', ')} by ${COMPARISON_OPERATORS.join(', ')} with a number, joined by _and_ or _or_, as in w_gt_300_and_ar_lt_1`;

const HOLDS: Readonly<Record<ComparisonOperator, (left: number, right: number) => boolean>> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
};

/** @returns undefined for what is no condition */
export function readCondition(text: string): Condition | undefined {
  const alternatives = text.split('_or_').map((one) => one.split('_and_').map(readComparison));
  if (alternatives.flat().length > COMPARISONS) return undefined;
  return alternatives.flat().every((one) => one !== undefined) ? (alternatives as Condition) : undefined;
}

/** The canonical text. */
export function writeCondition(condition: Condition): string {
  return condition.map((all) => all.map(writeComparison).join('_and_')).join('_or_');
}

/** Ratios are compared to four decimals: a quotient of whole sides has no exact text. */
export function holds(condition: Condition, sizes: Readonly<Record<Property, number>>): boolean {
  return condition.some((all) =>
    all.every(({ property, operator, value }) => {
      const actual = sizes[property];
      return isRatio(property) ? HOLDS[operator](rounded(actual), rounded(value)) : HOLDS[operator](actual, value);
    }),
  );
}

function readComparison(text: string): Comparison | undefined {
  const match = /^(i?(?:h|w|ar))_(eq|ne|gte?|lte?)_(.+)$/.exec(text);
  if (!match) return undefined;
  const property = match[1] as Property;
  const value = readValue(property, match[3] as string);
  return value === undefined ? undefined : { property, operator: match[2] as ComparisonOperator, value };
}

function readValue(property: Property, text: string): number | undefined {
  if (isRatio(property)) {
    const reading = ratio.parse(text);
    return reading.kind === 'value' ? reading.value : undefined;
  }
  const value = readNumber(text);
  return value !== undefined && value >= 0 && value < 1e9 ? Math.round(value * 10_000) / 10_000 : undefined;
}

const writeComparison = ({ property, operator, value }: Comparison): string =>
  `${property}_${operator}_${isRatio(property) ? ratio.format(value) : value}`;

const isRatio = (property: Property): boolean => property.endsWith('ar');

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
