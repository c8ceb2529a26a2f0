import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import type { FileUse } from '../../core/library/references/uses.ts';
import type { FileReference } from '../../core/library/store/file-reference.ts';
import { answeredMoment, says } from './members.ts';

const URL_RULE = says(`an http or https URL of at most ${LIMITS.referenceUrlCharacters} characters`);

/** A link that people follow: nothing but http and https. Written as URLs are written, so that one page is one URL. */
export const referenceUrl = () =>
  z
    .string(URL_RULE)
    .max(LIMITS.referenceUrlCharacters, URL_RULE)
    .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), URL_RULE)
    .transform((text) => new URL(text).href);

const registered = {
  id: z.string(),
  url: z.string(),
  label: z.string(),
  createdAt: answeredMoment(),
  createdBy: z.string(),
};

export const reference = () => z.object({ fileId: z.string(), ...registered });

/** Where a file is used. */
export const use = () =>
  z.union([
    z.object({ type: z.literal('registered'), filePath: z.string(), ...registered }),
    z.object({
      type: z.literal('named-transformation'),
      filePath: z.string(),
      as: z.enum(['layer', 'default-image', 'font']),
      name: z.string().optional(),
    }),
  ]);

export const referenceAnswer = ({ referenceId, url, label, createdAt, createdBy }: FileReference) => ({
  ...{ id: referenceId, url, label, createdAt, createdBy },
});

export function useAnswer(one: FileUse): z.infer<ReturnType<typeof use>> {
  const { path: filePath } = one;
  if (one.kind === 'registered') return { type: one.kind, filePath, ...referenceAnswer(one.reference) };
  const { kind: type, as, name } = one;
  return { type, filePath, as, ...(name !== undefined && { name }) };
}
