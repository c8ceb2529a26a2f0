import { readFileSync } from 'node:fs';
import { CHAINS, type ChainedEvent, chainName } from '../../lambda/core/audit/event-chain.ts';
import { chainedEvent, type ToldEvent } from '../../lambda/core/audit/told-event.ts';

/** Says in a sentence why the log could not be read. */
export class ChainsNotRead extends Error {}

/** Most events of one answer (`audit.chain`). */
const PART = 500;

/** All events of a year. @throws ChainsNotRead */
export async function chainsFromApi(
  api: string,
  authorization: string,
  year: string,
): Promise<ReadonlyMap<string, readonly ChainedEvent[]>> {
  const chains = new Map<string, readonly ChainedEvent[]>();
  for (let number = 0; number < CHAINS; number++) {
    const chain = chainName(year, number);
    const events = await readChain(api.replace(/\/$/, ''), authorization, chain);
    if (events.length > 0) chains.set(chain, events);
  }
  return chains;
}

/** All events of a year as JSON Lines; the audit log has that they were exported. @throws ChainsNotRead */
export async function exportFromApi(
  api: string,
  authorization: string,
  year: string,
): Promise<readonly ChainedEvent[]> {
  const lines: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: string = cursor && `&cursor=${cursor}`;
    const answer = await ask(`${api.replace(/\/$/, '')}/v1/audit/export?year=${year}${next}`, authorization);
    lines.push(...(await answer.text()).split('\n').filter(Boolean));
    cursor = answer.headers.get('x-next-cursor');
  }
  return lines.map((line) => chainedEvent(JSON.parse(line)));
}

/** @throws ChainsNotRead */
async function ask(url: string, authorization: string): Promise<Response> {
  const answer = await fetch(url, { headers: { authorization } }).catch((error: unknown) => {
    throw new ChainsNotRead(`The API does not answer: ${String(error)}`);
  });
  const { pathname } = new URL(url);
  if (answer.status !== 200) throw new ChainsNotRead(`The API answered ${answer.status} to ${pathname}.`);
  return answer;
}

async function readChain(api: string, authorization: string, chain: string): Promise<ChainedEvent[]> {
  const events: ChainedEvent[] = [];
  for (;;) {
    const url = `${api}/v1/audit/chains/${chain}?after=${events.length}&limit=${PART}`;
    const part = (await (await ask(url, authorization)).json()) as readonly ToldEvent[];
    events.push(...part.map(chainedEvent));
    // DynamoDB may give less than it was asked for.
    if (part.length === 0) return events;
  }
}

/** The events of an export in JSON Lines, in the file's order. @throws ChainsNotRead */
export function chainsFromFile(file: string): ReadonlyMap<string, readonly ChainedEvent[]> {
  const lines = textOf(file).split('\n').filter(Boolean);
  return Map.groupBy(
    lines.map((line, index) => {
      try {
        return chainedEvent(JSON.parse(line));
      } catch {
        throw new ChainsNotRead(`Line ${index + 1} of ${file} is no JSON.`);
      }
    }),
    ({ chain }) => chain,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ChainsNotRead(`${file} cannot be read.`);
  }
}
