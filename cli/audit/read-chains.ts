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
  if (!/^\d{4}$/.test(year)) throw new ChainsNotRead('The year must have four digits.');
  const chains = new Map<string, readonly ChainedEvent[]>();
  for (let number = 0; number < CHAINS; number++) {
    const chain = chainName(year, number);
    const events = await readChain(api.replace(/\/$/, ''), authorization, chain);
    if (events.length > 0) chains.set(chain, events);
  }
  return chains;
}

async function readChain(api: string, authorization: string, chain: string): Promise<ChainedEvent[]> {
  const events: ChainedEvent[] = [];
  for (;;) {
    const url = `${api}/v1/audit/chains/${chain}?after=${events.length}&limit=${PART}`;
    const answer = await fetch(url, { headers: { authorization } }).catch((error: unknown) => {
      throw new ChainsNotRead(`The API does not answer: ${String(error)}`);
    });
    if (answer.status !== 200) throw new ChainsNotRead(`The API answered ${answer.status} to ${chain}.`);
    const part = (await answer.json()) as readonly ToldEvent[];
    events.push(...part.map(chainedEvent));
    if (part.length < PART) return events;
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
