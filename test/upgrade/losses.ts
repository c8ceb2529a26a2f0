import { isDeepStrictEqual } from 'node:util';
import type { KeptResource, KeptStack, KeptStacks } from './kept-resources.ts';

/** What an update from one app to another would lose, replace or rename; a sentence each. */
export function lossesBetween(before: KeptStacks, after: KeptStacks): string[] {
  return Object.entries(before).flatMap(([name, stack]) => {
    const now = after[name];
    return now ? lossesOf(stack, now).map((loss) => `${name}: ${loss}`) : [`${name}: the stack is gone.`];
  });
}

function lossesOf(before: KeptStack, after: KeptStack): string[] {
  return [
    ...Object.entries(before.resources).flatMap(([id, resource]) => changesOf(id, resource, after.resources[id])),
    ...before.outputs.filter((id) => !after.outputs.includes(id)).map((id) => `the output ${id} is gone.`),
    ...Object.entries(before.exports)
      .filter(([id, name]) => !isDeepStrictEqual(after.exports[id], name))
      .map(([id]) => `the export of ${id} has another name.`),
  ];
}

function changesOf(id: string, before: KeptResource, after: KeptResource | undefined): string[] {
  if (after === undefined) return [`${id} (${before.type}) is gone, or has another logical id.`];
  if (after.type !== before.type) return [`${id} was ${before.type} and is ${after.type}.`];
  const names = new Set([...Object.keys(before.lasting), ...Object.keys(after.lasting)]);
  const changed = [...names].filter((name) => !isDeepStrictEqual(before.lasting[name], after.lasting[name]));
  return [
    ...changed.map((name) => `${id} (${before.type}) would be replaced, or its update fail, because ${name} changes.`),
    ...(outlives(before) && !outlives(after) ? [`${id} (${before.type}) no longer outlives its stack.`] : []),
  ];
}

const outlives = ({ deletionPolicy = 'Delete' }: KeptResource): boolean => deletionPolicy !== 'Delete';
