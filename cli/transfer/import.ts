import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Api } from '../api/api.ts';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { CommandFailed } from '../command-failed.ts';
import { inParallel } from '../in-parallel.ts';
import { newTally } from '../tally.ts';
import { type Tell, TO_PEOPLE } from '../to-people.ts';
import { begunUploads } from '../upload/begun-uploads.ts';
import { filesThere } from '../upload/is-there.ts';
import { importFile } from './import-file.ts';
import type { FieldRecord, FileRecord, FolderRecord, LibraryRecord, StateRecord } from './library-record.ts';
import { originalsIn } from './originals.ts';
import { makeFields, makeFolders } from './prepare-library.ts';
import { stateOf } from './read-library.ts';

export const IMPORT_HELP = `Usage: vitrine import --from DIR [--api URL]

Gives a library what an export has: fields, folders, files with all versions and details. What is there already is left alone, so
the call may be made again after a break. At the end the library's state hash is compared with that of the export: in a
deployment that was empty they are equal.

  --from  folder of an export
${API_HELP}
Exit codes: 0 everything is there and the state hashes are equal, 1 something failed or the library has more than the export,
2 the call is wrong.
`;

const SIDE_BY_SIDE = 4;

/** Runs the verb. @returns the exit code */
export async function importLibrary(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...API_OPTIONS, from: { type: 'string' } } });
  if (values.help || values.from === undefined) {
    print(IMPORT_HELP);
    return values.help ? 0 : 2;
  }
  const api = apiOf(values.api);
  const deployment = { api, signingKey: process.env.VITRINE_PRIVATE_KEY };
  const wanted = await prepare(api, values.from);
  const tally = newTally(['imported', 'there before'], tell);
  const originals = originalsIn(join(values.from, 'originals'));
  const deps = { deployment, originals, begun: begunUploads(api.base), find: filesThere(api) };
  await inParallel(filesIn(values.from), SIDE_BY_SIDE, (record) =>
    tally.attempt(record.path, async () => ((await importFile(deps, record)) ? 'imported' : 'there before')),
  );
  print(tally.summary());
  if (tally.of('failed') > 0) return 1;
  const hash = await stateOf(deployment);
  print(`State hash: ${hash}, ${hash === wanted ? 'as' : `and ${wanted}`} in the export.\n`);
  return hash === wanted ? 0 : 1;
}

/** Makes fields and folders, before the files. @returns the state hash of the export @throws CommandFailed for one that is not whole */
async function prepare(api: Api, folder: string): Promise<string> {
  const fields: FieldRecord[] = [];
  const folders: FolderRecord[] = [];
  let hash: string | undefined;
  for await (const record of recordsIn(folder)) {
    if (record.kind === 'field') fields.push(record);
    if (record.kind === 'folder') folders.push(record);
    if (record.kind === 'state') hash = record.hash;
  }
  if (hash === undefined) throw new CommandFailed(`The export in ${folder} is not whole. Call vitrine export again.`);
  await makeFields(api, fields);
  await makeFolders(api, folders);
  return hash;
}

async function* filesIn(folder: string): AsyncGenerator<FileRecord> {
  for await (const record of recordsIn(folder)) if (record.kind === 'file') yield record;
}

async function* recordsIn(folder: string): AsyncGenerator<LibraryRecord | StateRecord> {
  const file = join(folder, 'library.jsonl');
  if (!(await stat(file).catch(() => undefined))) throw new CommandFailed(`There is no whole export in ${folder}.`);
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as LibraryRecord | StateRecord;
}
