import { openAsBlob } from 'node:fs';
import type { LocalFile } from './local-files.ts';
import { sendInParts } from './send-in-parts.ts';
import type { SendFileDeps, SentWith } from './upload-parameters.ts';

/** Bytes of a file that still go in one request; the form around them counts, too. */
const ONE_REQUEST = 4_400_000;

/**
 * Sends a file to its place; one that is there gets a new version.
 * @returns the answer, with the file's entity tag
 * @throws CommandFailed; ApiRefused `file.changed` when the condition is not met
 */
export async function sendFile(
  deps: SendFileDeps,
  file: LocalFile,
  { parameters: given, ifMatch }: SentWith,
): Promise<Response> {
  const { folder, name } = file;
  const parameters = { ...given, folder, fileName: name, useUniqueFileName: 'false' };
  if (file.bytes > ONE_REQUEST) return sendInParts(deps, file, { parameters, ifMatch });
  const form = new FormData();
  for (const [member, value] of Object.entries(parameters)) form.set(member, value);
  form.set('file', await openAsBlob(file.file), name);
  return deps.api.call('POST', '/api/v1/files/upload', { body: form, ifMatch });
}
