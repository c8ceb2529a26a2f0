import { parseArgs } from 'node:util';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { inParallel } from '../in-parallel.ts';
import type { Tally } from '../tally.ts';
import { newTally } from '../tally.ts';
import type { Tell } from '../to-people.ts';
import { TO_PEOPLE } from '../to-people.ts';
import { begunUploads } from './begun-uploads.ts';
import type { FindThere } from './is-there.ts';
import { filesThere, hasBytesOf } from './is-there.ts';
import type { LocalFile } from './local-files.ts';
import { localFiles } from './local-files.ts';
import { sendFile } from './send-file.ts';
import type { SendFileDeps, UploadParameters } from './upload-parameters.ts';

export const UPLOAD_HELP = `Usage: vitrine upload PATH... --to FOLDER [--tags A,B] [--private] [--dry-run] [--api URL]

Uploads files, and folders with everything below them, four at a time. What the library has under the same path with the same
bytes is left alone, so the call may be made again after a break; other bytes become a new version. A file of more than 4.4 MB
goes in parts, and goes on with those that are missing. What each file misses is told, and the others go on.

  --to       folder of the library. A folder that is uploaded keeps its name in it
  --tags     tags of what is uploaded, with commas between them
  --private  what is uploaded is seen with a signed URL only
  --dry-run  tells what would be uploaded
${API_HELP}
Which uploads in parts were begun is noted in $XDG_STATE_HOME/vitrine, or ~/.local/state/vitrine. Files whose name begins with
a dot are left out.
Exit codes: 0 everything is there, 1 something failed, 2 the call is wrong.
`;

const SIDE_BY_SIDE = 4;

/** Runs the verb. @returns the exit code */
export async function upload(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values, positionals } = readArguments(args);
  if (values.help || positionals.length === 0 || values.to === undefined) {
    print(UPLOAD_HELP);
    return values.help ? 0 : 2;
  }
  const api = apiOf(values.api);
  const deps = { api, begun: begunUploads(api.base) };
  const tally = newTally([values['dry-run'] ? 'to send' : 'sent', 'there before'], tell);
  const find = filesThere(api);
  const send = values['dry-run'] ? sayOnly(print) : sender(deps, parametersOf(values));
  await inParallel(localFiles(positionals, values.to), SIDE_BY_SIDE, (file) => one(deps, tally, find, send, file));
  print(tally.summary());
  return tally.of('failed') > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      to: { type: 'string' },
      tags: { type: 'string' },
      private: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
    },
  });
}

type Values = ReturnType<typeof readArguments>['values'];
type Send = (file: LocalFile) => Promise<string>;

const parametersOf = ({ tags, private: isPrivate }: Values): UploadParameters => ({
  ...(tags !== undefined && { tags }),
  ...(isPrivate && { isPrivateFile: 'true' }),
});

const sender =
  (deps: SendFileDeps, parameters: UploadParameters): Send =>
  async (file) => {
    await sendFile(deps, file, { parameters });
    return 'sent';
  };

const sayOnly =
  (print: (text: string) => void): Send =>
  async ({ file, folder, name }) => {
    print(`${file} to ${folder === '/' ? '' : folder}/${name}\n`);
    return 'to send';
  };

const one = (deps: SendFileDeps, tally: Tally, find: FindThere, send: Send, file: LocalFile): Promise<void> =>
  tally.attempt(file.file, async () => {
    const there = await find(file);
    return there && (await hasBytesOf(deps, there, file)) ? 'there before' : send(file);
  });
