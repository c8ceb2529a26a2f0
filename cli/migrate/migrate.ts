import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Api } from '../api/api.ts';
import { API_HELP, API_OPTIONS, apiOf, connectApi } from '../api/api.ts';
import { authorizationIn } from '../authorization.ts';
import { CommandFailed } from '../command-failed.ts';
import { inParallel } from '../in-parallel.ts';
import type { Tally } from '../tally.ts';
import { newTally } from '../tally.ts';
import { type Tell, TO_PEOPLE } from '../to-people.ts';
import { originalsIn } from '../transfer/originals.ts';
import { makeField, makeFolders, namesOfFields } from '../transfer/prepare-library.ts';
import { readFields } from '../transfer/read-library.ts';
import { begunUploads } from '../upload/begun-uploads.ts';
import { filesThere } from '../upload/is-there.ts';
import { WrongCall } from '../wrong-call.ts';
import { imagekitFiles, imagekitFolders } from './imagekit.ts';
import { migrateFile } from './migrate-file.ts';
import { migrateName, namesOf } from './migrate-names.ts';
import type { MigrationLine, MigrationReport } from './migration-report.ts';
import { openReport } from './migration-report.ts';

export const MIGRATE_HELP = `Usage: vitrine migrate --from imagekit --report FILE [--private-key KEY] [--source-api URL] [--api URL]

Brings the library of an ImageKit account here, through ImageKit's API: custom fields, folders, named transformations, and the
current version of every file with tags, description, coordinates and custom metadata. Nothing is changed there. The paths are the
same, so image URLs are the same behind the host. What was brought before is not fetched again.

  --from         imagekit
  --report       a file with a line of JSON for each thing and what became of it. A later call goes on from it
  --private-key  the private key there. Default: IMAGEKIT_PRIVATE_KEY, which no list of processes shows
  --source-api   base URL of the API there. Default: https://api.imagekit.io
${API_HELP}
Bytes are on this machine while they are on their way. What fails is told and in the report, and the others go on.
Exit codes: 0 everything is here, 1 something failed, 2 the call is wrong.
`;

const SIDE_BY_SIDE = 4;

interface Migration {
  readonly source: Api;
  readonly sourceKey: string;
  readonly target: Api;
  readonly report: MigrationReport;
  readonly tally: Tally;
}

/** Runs the verb. @returns the exit code */
export async function migrate(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values } = readArguments(args);
  if (values.help || values.from !== 'imagekit' || values.report === undefined) {
    print(MIGRATE_HELP);
    return values.help ? 0 : 2;
  }
  const sourceKey = values['private-key'] ?? process.env.IMAGEKIT_PRIVATE_KEY;
  if (!sourceKey) throw new WrongCall('Say the private key of ImageKit, with IMAGEKIT_PRIVATE_KEY or --private-key.');
  const authorization = authorizationIn({ VITRINE_PRIVATE_KEY: sourceKey }) ?? '';
  const source = connectApi(values['source-api'], authorization);
  const tally = newTally(['migrated', 'there before'], tell);
  const migration = { source, sourceKey, target: apiOf(values.api), report: await openReport(values.report), tally };
  await migrateSettings(migration);
  await migrateFiles(migration);
  print(tally.summary());
  return tally.of('failed') > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      ...API_OPTIONS,
      from: { type: 'string' },
      report: { type: 'string' },
      'private-key': { type: 'string' },
      'source-api': { type: 'string', default: 'https://api.imagekit.io' },
    },
  });
}

/** Fields and folders are there before the files that need them. */
async function migrateSettings(migration: Migration): Promise<void> {
  const { source, target } = migration;
  const fieldsThere = await namesOfFields(target);
  for (const field of await readFields(source)) {
    await reported(migration, { kind: 'field', what: field.name }, async () => {
      if (fieldsThere.has(field.name)) return 'there before';
      await makeField(target, field);
      return 'migrated';
    });
  }
  await makeFolders(target, await imagekitFolders(source));
  const namesThere = new Set((await namesOf(target)).map(({ name }) => name));
  for (const named of await namesOf(source)) {
    await reported(migration, { kind: 'name', what: named.name }, () => migrateName(target, namesThere, named));
  }
}

async function migrateFiles(migration: Migration): Promise<void> {
  const { source, sourceKey, target, report, tally } = migration;
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-migrate-'));
  try {
    const shared = { api: target, begun: begunUploads(target.base), find: filesThere(target), report, sourceKey };
    await inParallel(imagekitFiles(source), SIDE_BY_SIDE, (file) =>
      tally.attempt(file.filePath, () =>
        noteFailure(report, { kind: 'file', what: file.filePath }, () =>
          migrateFile({ ...shared, between: originalsIn(join(folder, file.fileId)) }, file),
        ),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Outcome = Exclude<MigrationLine['outcome'], 'failed'>;
type Thing = Pick<MigrationLine, 'kind' | 'what'>;

/** Does one thing that is no file, counts it and reports it. */
const reported = ({ tally, report }: Migration, thing: Thing, work: () => Promise<Outcome>): Promise<void> =>
  tally.attempt(`${thing.kind} ${thing.what}`, () =>
    noteFailure(report, thing, async () => {
      const outcome = await work();
      await report.add({ ...thing, outcome });
      return outcome;
    }),
  );

async function noteFailure(report: MigrationReport, thing: Thing, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandFailed) await report.add({ ...thing, outcome: 'failed', why: error.message });
    throw error;
  }
}
