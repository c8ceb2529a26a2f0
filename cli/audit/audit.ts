import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { headAfter } from '../../lambda/core/audit/event-chain.ts';
import { csvOf } from '../../lambda/core/audit/event-table.ts';
import { jsonLine } from '../../lambda/core/audit/told-event.ts';
import { authorizationIn, CREDENTIALS } from '../authorization.ts';
import { copyInBucket, copyInFolder, type ListCopy } from './copied-files.ts';
import { keptHeads } from './kept-heads.ts';
import { ChainsNotRead, chainsFromApi, chainsFromFile, exportFromApi } from './read-chains.ts';
import type { Chains, FoundFault } from './verify-chains.ts';
import { sealedHeads, unsealedEvents, verifyChains } from './verify-chains.ts';
import { alterations, verifyMirror } from './verify-mirror.ts';
import { verifySeals } from './verify-seals.ts';

export const AUDIT_HELP = `Usage: vitrine audit verify (--api URL | --file FILE) [--bucket NAME | --copy FOLDER] [--public-key FILE]
                            [--year YEAR] [--heads FILE]
       vitrine audit export --api URL --out FILE [--format jsonl|csv] [--year YEAR]

Verifies that no event of the audit log was changed, added, moved or left out, or writes the log to a file.

  --api         base URL of the API. VITRINE_TOKEN (of vitrine sign-in) or VITRINE_PRIVATE_KEY must have the permission
                audit.read
  --file        an export in JSON Lines, instead of the API
  --bucket      the locked bucket with seals and mirror (output AuditBucketName of the region's stack), which are verified
                too. Credentials of AWS are found as the AWS CLI finds them
  --copy        a copy of that bucket in a folder, instead
  --public-key  PEM of the key that signs seals, as kms get-public-key gives it. Default: the keys in the bucket
  --year        which year. Default: this year, and all years of a file
  --heads       a file with the ends of the chains. What is in it must still be there: so a log that was cut off is found
                without a bucket. It is written anew after a log was found whole
  --out         the file that is written
  --format      jsonl, which can be verified, or csv for people. Default: jsonl

Exit codes: 0 whole or written, 1 something is wrong with the log, 2 the call is wrong, 3 the log could not be read.
`;

const FAULTS = {
  edited: 'is not what was written',
  missing: 'is missing, or stands in the wrong place',
  replaced: 'does not follow the one before it, which is another than it was',
  'cut off': 'was the end of the chain, and is gone or another',
  'not sealed': 'is older than the last seal, which leaves it out',
  'not as mirrored': 'is another in the mirror',
  'not mirrored': 'is not in the mirror',
  gone: 'is in the mirror, and gone from the log',
} as const satisfies Record<FoundFault['fault'], string>;

/** Runs the verb. @returns the exit code */
export async function audit(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [what] = positionals;
  const source = values.file ?? values.api;
  const isRight = what === 'verify' ? source !== undefined : what === 'export' && values.api && values.out;
  if (values.help || !isRight || !['jsonl', 'csv'].includes(values.format)) {
    print(AUDIT_HELP);
    return values.help ? 0 : 2;
  }
  try {
    return what === 'verify' ? await verify(await readChains(values), values, print) : await write(values, print);
  } catch (error) {
    if (!(error instanceof ChainsNotRead)) throw error;
    print(`${error.message}\n`);
    return 3;
  }
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      api: { type: 'string' },
      file: { type: 'string' },
      bucket: { type: 'string' },
      copy: { type: 'string' },
      'public-key': { type: 'string' },
      year: { type: 'string' },
      heads: { type: 'string' },
      out: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
    },
  });
}

type Values = ReturnType<typeof readArguments>['values'];

async function readChains(values: Values): Promise<Chains> {
  if (values.file !== undefined) return chainsFromFile(values.file);
  const { api, authorization, year } = accessTo(values);
  return chainsFromApi(api, authorization, year);
}

/** @throws ChainsNotRead */
function accessTo({ api = '', year = String(new Date().getUTCFullYear()) }: Values) {
  const authorization = authorizationIn(process.env);
  if (!authorization) throw new ChainsNotRead(`Set ${CREDENTIALS}, with the permission audit.read.`);
  if (!/^\d{4}$/.test(year)) throw new ChainsNotRead('The year must have four digits.');
  return { api, authorization, year };
}

/** What was found, a sentence each: first what is wrong, or what is right. */
interface Found {
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}

async function verify(chains: Chains, values: Values, print: (text: string) => void): Promise<number> {
  const list = copyOf(values);
  const found = list ? await verifyWithCopy(chains, list, values) : verifyAlone(chains, values);
  for (const sentence of found.wrong.length > 0 ? found.wrong : found.right) print(`${sentence}\n`);
  if (found.wrong.length > 0) return 1;
  if (values.heads !== undefined) writeHeads(values.heads, chains);
  return 0;
}

function copyOf({ bucket, copy }: Values): ListCopy | undefined {
  if (bucket !== undefined) return copyInBucket(bucket);
  return copy === undefined ? undefined : copyInFolder(copy);
}

const sentenceOf = ({ chain, sequence, fault }: FoundFault): string => `${chain}: event ${sequence} ${FAULTS[fault]}.`;

const keptOf = ({ heads }: Values) => (heads === undefined ? [] : keptHeads(heads));

function verifyAlone(chains: Chains, values: Values): Found {
  const { faults, events } = verifyChains(chains, keptOf(values));
  return { wrong: faults.map(sentenceOf), right: [`${events} events in ${chains.size} chains are whole.`] };
}

async function verifyWithCopy(chains: Chains, list: ListCopy, values: Values): Promise<Found> {
  const { seals, faults: ofSeals } = await verifySeals(list, publicKeyIn(values));
  const kept = [...keptOf(values), ...sealedHeads(chains, seals)];
  const { faults, events } = verifyChains(chains, kept);
  const unsealed = unsealedEvents(chains, seals);
  const ofMirror = await verifyMirror(chains, list, Date.now());
  return {
    wrong: [...ofSeals, ...(await alterations(list)), ...[...faults, ...unsealed.faults, ...ofMirror].map(sentenceOf)],
    right: [
      `${events} events in ${chains.size} chains are whole, and as they were mirrored.`,
      `${seals.length} seals hold, the last of ${seals.at(-1)?.at ?? 'no time'}; ${unsealed.since} events came since.`,
    ],
  };
}

function publicKeyIn({ 'public-key': file }: Values): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  } catch {
    throw new ChainsNotRead(`${file} cannot be read.`);
  }
}

function writeHeads(file: string, chains: Chains): void {
  const heads = [...chains.values()].flatMap((events) => events.at(-1) ?? []).map(headAfter);
  writeFileSync(file, heads.map(({ chain, sequence, hash }) => `${chain} ${sequence} ${hash}\n`).join(''));
}

async function write(values: Values, print: (text: string) => void): Promise<number> {
  const { out = '', format } = values;
  const { api, authorization, year } = accessTo(values);
  const events = await exportFromApi(api, authorization, year);
  writeFileSync(out, format === 'csv' ? csvOf(events) : events.map(jsonLine).join(''));
  print(`${events.length} events are in ${out}.\n`);
  return 0;
}
