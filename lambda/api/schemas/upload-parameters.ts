import * as z from 'zod';
import { says } from './members.ts';

const text = () => z.string(says('text')).optional();
const flag = () => z.union([z.boolean(), z.enum(['true', 'false'])], says('true or false')).optional();
const list = () =>
  z.union([z.array(z.string()), z.string()], says('a list of texts, or one text with commas')).optional();
const values = () =>
  z.union([z.record(z.string(), z.unknown()), z.string()], says('an object, or its JSON')).optional();

/**
 * The parameters of an upload in a JSON body: as JSON has them, or as the text that a form would hold. `core` reads the text of
 * both.
 */
export const uploadParameters = () => ({
  fileName: z.string(says('text')),
  folder: text(),
  useUniqueFileName: flag(),
  overwriteFile: flag(),
  overwriteTags: flag(),
  overwriteAITags: flag(),
  overwriteCustomMetadata: flag(),
  isPrivateFile: flag(),
  isPublished: flag(),
  tags: list(),
  description: text(),
  customCoordinates: text(),
  customMetadata: values(),
  responseFields: list(),
});
