import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import { says } from './members.ts';

/** Folders that rights are bound to, by their ids. */
export const folderIds = () => {
  const rule = says(`a list of 1 to ${LIMITS.keyFolders} ids of folders`);
  return z
    .array(z.string(rule).regex(/^[0-9a-f]{24}$/, rule), rule)
    .min(1, rule)
    .max(LIMITS.keyFolders, rule);
};
