import type { Draft } from './operations/operation.ts';
import type { PlanStep } from './plan.ts';
import type { ItemScope } from './read-items.ts';
import { invalid, quoted } from './read-items.ts';
import type { Token } from './tokens.ts';

/** Where the reader stands in a transformation. */
export interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  /** Layers seen so far. */
  layers: number;
  /** Layers that enclose this place. */
  depth: number;
  inBranch: boolean;
  readonly ignored: string[];
}

/**
 * Reads chained steps up to the end of the row or of the enclosing block, which it leaves unread. Layers hold chains and
 * chains hold layers, so the reader of layers is handed this function.
 * @param output where output settings go
 * @param first scope and draft of the first step, when it differs from the others
 */
export type ReadChain = (
  reader: Reader,
  scope: ItemScope,
  output: Draft['output'],
  first?: { readonly scope: ItemScope; readonly draft: Draft },
) => PlanStep[];

export const peek = (reader: Reader): Token | undefined => reader.tokens[reader.at];

/** @throws transformation.invalid when the block is closed by something else */
export function expectEnd(reader: Reader, opener: string, end: string): void {
  if (peek(reader) !== end) {
    throw invalid(opener, 'the block', `closed by ${end}; ${closing(reader)} was found`);
  }
  reader.at += 1;
}

function closing(reader: Reader): string {
  const token = peek(reader);
  return token ? quoted(token) : 'the end';
}
