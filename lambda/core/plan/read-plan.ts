import type { Variable } from './expressions/expression.ts';
import type { Item } from './item.ts';
import { readItem } from './item.ts';
import { emptyDraft } from './operations/operation.ts';
import { operationOf, PICTURE_TABLE } from './operations/table.ts';
import type { OutputSettings, Plan } from './plan.ts';
import { invalid } from './read-items.ts';
import { readChain } from './read-steps.ts';
import { peek } from './reader.ts';
import { toTokens } from './tokens.ts';

const ORIGINAL: Plan = { original: true, steps: [], output: { format: 'auto' }, ignored: [] };

/** Outside a layer there is nothing below. */
const OF_PICTURE: ReadonlySet<Variable> = new Set(['iw', 'ih', 'iar', 'cw', 'ch', 'car', 'idn']);

export interface ReadPlanOptions {
  /** Refuse what has no meaning instead of leaving it out. @default false */
  readonly strict?: boolean;
}

/**
 * Reads what a URL's transformation means. Keys that nobody knows are left out and told in `ignored`, as are values that
 * ImageKit documents to be left out.
 * @param steps chained steps, each a list of decoded items; blocks may reach across steps
 * @throws Problem transformation.invalid for a value that is not allowed, with what is
 * @throws Problem transformation.unsupported for what ImageKit has and this product does not offer
 * @throws Problem transformation.limit for too many steps or layers
 */
export function readPlan(steps: readonly (readonly string[])[], { strict = false }: ReadPlanOptions = {}): Plan {
  if (asksForOriginal(steps.flat().map(readItem))) return ORIGINAL;
  const reader = { tokens: toTokens(steps), at: 0, layers: 0, depth: 0, inBranch: false, ignored: [] as string[] };
  const output = { format: 'auto' };
  const read = readChain(reader, { table: PICTURE_TABLE, variables: OF_PICTURE }, output);
  const rest = peek(reader);
  if (rest) throw invalid(rest, 'the end of a block', 'after its beginning');
  const { ignored } = reader;
  if (strict && ignored[0] !== undefined) {
    throw invalid(ignored[0], 'every item', 'one that this product knows, on an endpoint in strict mode');
  }
  return { original: false, steps: read, output: output as OutputSettings, ignored };
}

/** Within layer and conditional blocks the word has no such meaning. */
function asksForOriginal(items: readonly Item[]): boolean {
  let depth = 0;
  return items.some((item) => {
    if (item.key === 'l' || item.key === 'if') depth = Math.max(0, depth + blockDepth(item.text));
    if (depth > 0 || operationOf(item.key)?.meaning.scope !== 'original') return false;
    const draft = emptyDraft();
    const reading = operationOf(item.key)?.meaning.read(item.text.trim());
    if (reading?.kind === 'value') reading.value(draft);
    return draft.original;
  });
}

function blockDepth(text: string): number {
  if (text === 'else') return 0;
  return text === 'end' ? -1 : 1;
}
