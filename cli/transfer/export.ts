import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { filesOf } from '../api/assets.ts';
import { CommandFailed } from '../command-failed.ts';
import { inParallel } from '../in-parallel.ts';
import { newTally } from '../tally.ts';
import { type Tell, TO_PEOPLE } from '../to-people.ts';
import type { Deployment } from './deployment.ts';
import { originalOf } from './deployment.ts';
import type { LibraryRecord, StateRecord } from './library-record.ts';
import { originalsIn } from './originals.ts';
import { readFields, readFile, readFolders } from './read-library.ts';
import { stateHash } from './state-hash.ts';

export const EXPORT_HELP = `Usage: vitrine export --to DIR [--api URL]

Writes the library to this machine: every version of every file, with what the library knows of it, folders and custom fields.
Bytes are compared with their checksums. After a break, originals that are there are not fetched again.

  --to  folder of the export: library.jsonl with a record on each line, and originals/ with the bytes under their SHA-256
${API_HELP}
Private files need VITRINE_PRIVATE_KEY, which signs their URLs. Drafts and files that are taken down are delivered to nobody: they
fail, and library.jsonl is not written then. The state hash at the end says what is in the library; import compares it.
Exit codes: 0 exported, 1 something failed, 2 the call is wrong.
`;

/** Files that are fetched side by side. */
const SIDE_BY_SIDE = 4;

/** Runs the verb. @returns the exit code */
export async function exportLibrary(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { ...API_OPTIONS, to: { type: 'string' } } });
  if (values.help || values.to === undefined) {
    print(EXPORT_HELP);
    return values.help ? 0 : 2;
  }
  const deployment = { api: apiOf(values.api), signingKey: process.env.VITRINE_PRIVATE_KEY };
  const tally = newTally(['exported'], tell);
  const hash = await writeExport(deployment, values.to, tally.attempt);
  print(tally.summary());
  if (tally.of('failed') > 0) return 1;
  print(`State hash: ${hash}\n`);
  return 0;
}

type Attempt = (name: string, work: () => Promise<string>) => Promise<void>;

/** @returns the state hash; the file is at its place only when nothing failed */
async function writeExport(deployment: Deployment, folder: string, attempt: Attempt): Promise<string> {
  await mkdir(folder, { recursive: true });
  const [whole, unfinished] = [join(folder, 'library.jsonl'), join(folder, 'library.jsonl.part')];
  const out = createWriteStream(unfinished);
  const hash = stateHash();
  const write = (record: LibraryRecord) => {
    hash.add(record);
    out.write(`${JSON.stringify(record)}\n`);
  };
  const isWhole = await writeRecords(deployment, folder, attempt, write);
  out.end(`${JSON.stringify({ kind: 'state', hash: hash.value() } satisfies StateRecord)}\n`);
  await finished(out);
  if (isWhole) await rename(unfinished, whole);
  return hash.value();
}

async function writeRecords(
  deployment: Deployment,
  folder: string,
  attempt: Attempt,
  write: (record: LibraryRecord) => void,
): Promise<boolean> {
  const originals = originalsIn(join(folder, 'originals'));
  let isWhole = true;
  for (const record of [...(await readFields(deployment.api)), ...(await readFolders(deployment.api))]) write(record);
  await inParallel(filesOf(deployment.api, {}), SIDE_BY_SIDE, async (file) => {
    let isDone = false;
    await attempt(file.filePath, async () => {
      const record = await readFile(deployment, file, async (version, checksum) => {
        if (await originals.has(checksum)) return;
        const got = await originals.put(await originalOf(deployment, version));
        if (got !== checksum)
          throw new CommandFailed(`${version.versionInfo.name} has other bytes than its checksum says.`);
      });
      write(record);
      isDone = true;
      return 'exported';
    });
    isWhole &&= isDone;
  });
  return isWhole;
}
