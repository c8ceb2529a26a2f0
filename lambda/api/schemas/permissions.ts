import * as z from 'zod';
import { PERMISSIONS } from '../../core/accounts/permissions.ts';
import { oneOf, says } from './members.ts';

/** Permissions, each once, at least one. */
export const permissions = () => {
  const rule = says('a list of different permissions, at least one');
  return z
    .array(oneOf(PERMISSIONS), rule)
    .min(1, rule)
    .max(PERMISSIONS.length, rule)
    .refine((list) => new Set(list).size === list.length, rule);
};
