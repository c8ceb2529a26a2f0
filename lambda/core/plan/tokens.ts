/**
 * A transformation as a row of items: blocks (`l-… l-end`, `if-… if-end`) reach across the colons between steps, so the
 * reader walks a row instead of a list of steps. `null` is a colon.
 */
export type Token = string | null;

export function toTokens(steps: readonly (readonly string[])[]): Token[] {
  return steps.flatMap((step, index) => (index === 0 ? [...step] : [null, ...step]));
}

/** The steps again; empty ones are gone. */
export function toSteps(tokens: readonly Token[]): string[][] {
  const steps: string[][] = [[]];
  for (const token of tokens) {
    if (token === null) steps.push([]);
    else steps.at(-1)?.push(token);
  }
  return steps.filter((step) => step.length > 0);
}

/** Lists of tokens with a colon between each two. */
export function chain(parts: readonly (readonly Token[])[]): Token[] {
  return parts.flatMap((part, index) => (index === 0 ? [...part] : [null, ...part]));
}
