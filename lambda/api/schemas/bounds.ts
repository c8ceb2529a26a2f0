import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import { says } from './members.ts';

/** What rights are bound to, as a call gives it: folders by their ids, and URL endpoints by theirs. */
export const bounds = () => ({
  folderIds: ids('folders', /^[0-9a-f]{24}$/, LIMITS.keyFolders).optional(),
  endpointIds: ids('URL endpoints', /^([0-9a-f]{24}|default)$/, LIMITS.keyEndpoints).optional(),
});

const ids = (what: string, form: RegExp, most: number) => {
  const rule = says(`a list of 1 to ${most} ids of ${what}`);
  return z.array(z.string(rule).regex(form, rule), rule).min(1, rule).max(most, rule);
};

/** The same, as answers tell it. */
export const answeredBounds = () => ({
  folderIds: z.array(z.string()).readonly().optional(),
  endpointIds: z.array(z.string()).readonly().optional(),
});
