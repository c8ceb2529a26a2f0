import { readNumber } from './number.ts';

/**
 * The parts of an effect's value, `bl-15_st-40_x-10`: names and texts, in any order, each name once. A bare effect has
 * none.
 * @returns undefined for a name that is not among `names` or comes twice
 */
export function readParts<Name extends string>(
  text: string,
  names: readonly Name[],
): Partial<Record<Name, string>> | undefined {
  const parts: Partial<Record<Name, string>> = {};
  if (text === 'true') return parts;
  for (const part of text.split('_')) {
    const dash = part.indexOf('-');
    const name = names.find((one) => one === part.slice(0, dash));
    if (dash < 0 || name === undefined || parts[name] !== undefined) return undefined;
    parts[name] = part.slice(dash + 1);
  }
  return parts;
}

/**
 * A number of such a part.
 * @returns undefined for what is no number between the bounds
 */
export function partNumber(
  text: string | undefined,
  byDefault: number,
  minimum: number,
  maximum: number,
): number | undefined {
  if (text === undefined) return byDefault;
  const exact = readNumber(text);
  const value = exact === undefined ? undefined : Math.round(exact * 100) / 100 + 0;
  return value !== undefined && value >= minimum && value <= maximum ? value : undefined;
}
