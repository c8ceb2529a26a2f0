import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ChainedEvent } from '../../lambda/core/audit/event-chain.ts';
import { authorizationIn, CREDENTIALS } from '../authorization.ts';
import { ChainsNotRead, chainsFromApi, chainsFromFile } from './read-chains.ts';
import type { FoundFault, KeptHead, Verdict } from './verify-chains.ts';
import { verifyChains } from './verify-chains.ts';
import { csvOf, jsonLineOf, keptHeads } from './written-chains.ts';

export const AUDIT_HELP = `Usage: vitrine audit verify (--api URL | --file FILE) [--year YEAR] [--heads FILE]
       vitrine audit export --api URL --out FILE [--format jsonl|csv] [--year YEAR]

Verifies that no event of the audit log was changed, added, moved or left out, or writes the log to a file.

  --api     base URL of the API. VITRINE_TOKEN (of vitrine sign-in) or VITRINE_PRIVATE_KEY must have the permission
            audit.read
  --file    an export in JSON Lines, instead of the API
  --year    which year. Default: this year, and all years of a file
  --heads   a file with the ends of the chains. What is in it must still be there: so a log that was cut off is found.
            It is written anew after a log was found whole
  --out     the file that is written
  --format  jsonl, which can be verified, or csv for people. Default: jsonl

Exit codes: 0 whole or written, 1 something is wrong with the log, 2 the call is wrong, 3 the log could not be read.
`;

const FAULTS = {
  edited: 'is not what was written',
  missing: 'is missing, or stands in the wrong place',
  replaced: 'does not follow the one before it, which is another than it was',
  'cut off': 'was the end of the chain, and is gone or another',
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
    const chains = await readChains(values);
    return what === 'verify' ? verify(chains, values.heads, print) : write(chains, values, print);
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
      year: { type: 'string' },
      heads: { type: 'string' },
      out: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
    },
  });
}

type Values = ReturnType<typeof readArguments>['values'];

async function readChains({ file, api = '', year }: Values): Promise<ReadonlyMap<string, readonly ChainedEvent[]>> {
  if (file !== undefined) return chainsFromFile(file);
  const authorization = authorizationIn(process.env);
  if (!authorization) throw new ChainsNotRead(`Set ${CREDENTIALS}, with the permission audit.read.`);
  return chainsFromApi(api, authorization, year ?? String(new Date().getUTCFullYear()));
}

function verify(
  chains: ReadonlyMap<string, readonly ChainedEvent[]>,
  headsFile: string | undefined,
  print: (text: string) => void,
): number {
  const kept: readonly KeptHead[] = headsFile === undefined ? [] : keptHeads(headsFile);
  const { faults, events }: Verdict = verifyChains(chains, kept);
  for (const { chain, sequence, fault } of faults) print(`${chain}: event ${sequence} ${FAULTS[fault]}.\n`);
  if (faults.length > 0) return 1;
  print(`${events} events in ${chains.size} chains are whole.\n`);
  if (headsFile !== undefined) {
    const heads = [...chains.values()].flatMap((list) => list.at(-1) ?? []);
    writeFileSync(headsFile, heads.map(({ chain, sequence, hash }) => `${chain} ${sequence} ${hash}\n`).join(''));
  }
  return 0;
}

function write(
  chains: ReadonlyMap<string, readonly ChainedEvent[]>,
  { out = '', format }: Values,
  print: (text: string) => void,
): number {
  const events = [...chains.values()].flat();
  writeFileSync(out, format === 'csv' ? csvOf(events) : events.map(jsonLineOf).join(''));
  print(`${events.length} events are in ${out}.\n`);
  return 0;
}
