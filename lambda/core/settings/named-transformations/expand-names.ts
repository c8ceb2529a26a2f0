import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { builtInItems } from './built-in-names.ts';
import type { NamedTransformation } from './named-transformation.ts';
import { stepsWritten } from './named-transformation.ts';
import type { FindNamed } from './named-transformation-store.ts';

type Steps = readonly (readonly string[])[];

export interface Expanded {
  readonly steps: readonly (readonly string[])[];
  /** What the names stood for. */
  readonly names: ReadonlyMap<string, NamedTransformation>;
}

const NAME = /^n-/;

/**
 * Puts in the place of every name what it stands for. In a plain step names come first, so that what the URL says itself
 * has the last word; within layers and conditions they stay where they are.
 * @throws Problem name.unknown for a name that nobody knows or that is switched off, transformation.limit
 */
export async function expandNames(steps: Steps, find: FindNamed): Promise<Expanded> {
  const names = new Map<string, NamedTransformation>();
  const findOnce = async (name: string) => {
    const known = names.get(name) ?? (await find(name));
    if (!known?.enabled) throw problem('name.unknown', `There is no named transformation ${quoted(name)}.`);
    names.set(name, known);
    return known;
  };
  return { steps: await expand(steps, findOnce, 0), names };
}

async function expand(steps: Steps, find: (name: string) => Promise<NamedTransformation>, depth: number) {
  if (!steps.some((step) => step.some((item) => NAME.test(item)))) return steps;
  if (depth === LIMITS.namedTransformationDepth) {
    throw problem('transformation.limit', `Named transformations may be nested to ${depth} levels.`);
  }
  const expanded: string[][] = [];
  let items = 0;
  for (const step of steps) {
    let open: string[] = [];
    for (const item of namesFirst(step)) {
      const meant = NAME.test(item) ? await stepsOf(item, find, depth) : [[item]];
      items += meant.flat().length;
      if (items > LIMITS.transformationItems) {
        throw problem('transformation.limit', `A transformation may have at most ${LIMITS.transformationItems} items.`);
      }
      // The first of its steps goes on with the step it stands in, and so does what comes after its last.
      for (const [index, more] of meant.entries()) {
        if (index > 0) {
          expanded.push(open);
          open = [];
        }
        open.push(...more);
      }
    }
    if (open.length > 0) expanded.push(open);
  }
  return expanded;
}

async function stepsOf(item: string, find: (name: string) => Promise<NamedTransformation>, depth: number) {
  const builtIn = builtInItems(item);
  if (builtIn) return [builtIn];
  const { transformation } = await find(item.slice('n-'.length));
  return expand(stepsWritten(transformation), find, depth + 1);
}

function namesFirst(step: readonly string[]): readonly string[] {
  if (step.some((item) => /^(l|if)-/.test(item))) return step;
  return [...step.filter((item) => NAME.test(item)), ...step.filter((item) => !NAME.test(item))];
}

/** Short enough for a header, whatever the client wrote. */
const quoted = (name: string): string => JSON.stringify(name.slice(0, 80));
