import * as z from 'zod';
import type { Example } from '../operation.ts';
import { members } from './members.ts';

/** Characters of an id in a path; longer ones are nobody's. */
const ID_CHARACTERS = 200;

const NOTHING = members({});

/** No parameters: one schema for all, because each takes its time at the start of the function. */
export const nothing = () => NOTHING;

const id = () => z.string().max(ID_CHARACTERS, { error: `may have at most ${ID_CHARACTERS} characters` });

/** Several parameters of a path. */
export function pathIds<const Names extends readonly string[]>(...names: Names) {
  return () =>
    z.object(Object.fromEntries(names.map((name) => [name, id()]))) as unknown as z.ZodType<
      Readonly<Record<Names[number], string>>
    >;
}

/**
 * The one parameter of a path.
 * @param maker id of the operation whose example makes one
 * @param member of the maker's answer that holds the id
 */
export function pathId<Name extends string>(name: Name, maker: string, member: string) {
  const schema = () => z.object({ [name]: id() }) as unknown as z.ZodType<Readonly<Record<Name, string>>>;
  const example: Example = { given: [maker], path: { [name]: `{{${maker}.${member}}}` } };
  return { schema, example };
}

/** Undefined for an operation that answers nothing. */
export const noAnswer = () => z.void();
