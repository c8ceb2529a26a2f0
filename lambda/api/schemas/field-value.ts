import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import { says } from './members.ts';

const OPTION = says('text, a number, true or false');

/** One of the values that a custom metadata field may offer. */
export const fieldOption = () =>
  z.union([z.string().max(LIMITS.fieldLabelCharacters), z.number(), z.boolean()], OPTION);

/** A value of a custom metadata field of any type; what a field takes is for `core` to say. */
export const fieldValue = () => z.union([fieldOption(), z.array(fieldOption()).readonly()], OPTION);
