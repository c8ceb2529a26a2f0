import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Api } from '../api/api.ts';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { type Tell, TO_PEOPLE } from '../to-people.ts';

export const IMPORT_BUCKET_HELP = `Usage: vitrine import-bucket ORIGIN_ID [--prefix PREFIX] [--to FOLDER] [--manifest KEY] [--api URL]

Makes files of the objects of a bucket, an origin of type S3 or S3_COMPATIBLE. Their bytes stay there and are not backed up.
The same call again adds nothing twice: it finds what changed, and names what is gone. After a break, give --job.

  --prefix            folder of the bucket. Default: all of the origin
  --to                folder of the library. Default: /
  --private           files are seen with a signature only
  --replace           characters that names may not have become "_"; without, such objects are named and not imported
  --manifest          key of the manifest.json of an S3 Inventory in CSV, instead of listing the bucket
  --manifest-origin   origin that the inventory is read from. Default: ORIGIN_ID
  --job               id of an import that was begun: waits for it and begins none
${API_HELP}
Exit codes: 0 all imported, 1 refused, or some objects were not imported or are gone, 2 the call is wrong.
`;

/** Milliseconds between two looks. */
const PAUSE = 2000;

const OPTIONS = {
  ...API_OPTIONS,
  prefix: { type: 'string' },
  to: { type: 'string' },
  private: { type: 'boolean' },
  replace: { type: 'boolean' },
  manifest: { type: 'string' },
  'manifest-origin': { type: 'string' },
  job: { type: 'string' },
} as const;

interface SeenJob {
  readonly status: string;
  readonly filesDone: number;
  readonly counts?: Readonly<Record<string, number>>;
  readonly errors?: readonly string[];
}

/** Runs the verb. @returns the exit code */
export async function importBucket(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [originId] = positionals;
  if (values.help || positionals.length > 1 || (originId === undefined) === (values.job === undefined)) {
    print(IMPORT_BUCKET_HELP);
    return values.help ? 0 : 2;
  }
  const api = apiOf(values.api);
  const jobId = values.job ?? (await begin(api, originId ?? '', values));
  tell(`The import is the job ${jobId}.\n`);
  return report(await untilDone(api, jobId, tell), print);
}

type Values = ReturnType<typeof parseArgs<{ readonly options: typeof OPTIONS }>>['values'];

async function begin(api: Api, originId: string, values: Values): Promise<string> {
  const { prefix, to: folder, private: isPrivateFile, replace: replaceCharacters, manifest } = values;
  const holder = values['manifest-origin'];
  const inventory =
    manifest === undefined ? undefined : { manifest, ...(holder !== undefined && { originId: holder }) };
  const body = { originId, prefix, folder, isPrivateFile, replaceCharacters, inventory };
  const answer = await api.call('POST', '/v1/imports', { body });
  return ((await answer.json()) as { readonly jobId: string }).jobId;
}

async function untilDone(api: Api, jobId: string, tell: Tell): Promise<SeenJob> {
  for (let told = ''; ; ) {
    const job = (await (await api.call('GET', `/v1/bulkJobs/${jobId}`)).json()) as SeenJob;
    const line = `${job.filesDone.toLocaleString('en')} objects${countsOf(job)}\n`;
    if (line !== told) tell(line);
    if (job.status === 'Completed') return job;
    told = line;
    await pause(PAUSE);
  }
}

const countsOf = ({ counts = {} }: SeenJob): string =>
  Object.entries(counts)
    .map(([outcome, count]) => `, ${count.toLocaleString('en')} ${WORDS[outcome] ?? outcome}`)
    .join('');

const WORDS: Readonly<Record<string, string>> = { notImported: 'not imported' };

function report(job: SeenJob, print: (text: string) => void): number {
  for (const error of job.errors ?? []) print(`${error}\n`);
  const { notImported = 0, gone = 0 } = job.counts ?? {};
  const named = job.errors?.length ?? 0;
  if (notImported + gone > named) print(`${notImported + gone - named} more are not named.\n`);
  print(`${job.filesDone.toLocaleString('en')} objects${countsOf(job)}.\n`);
  return named > 0 ? 1 : 0;
}
