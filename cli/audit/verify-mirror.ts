import { AUDIT_PREFIXES } from '../../lambda/contract/audit-bucket.ts';
import type { ChainedEvent } from '../../lambda/core/audit/event-chain.ts';
import type { ToldEvent } from '../../lambda/core/audit/told-event.ts';
import type { ListCopy } from './copied-files.ts';
import type { Chains, FoundFault } from './verify-chains.ts';

/** Milliseconds after which an event must be in the mirror; the alarm of a mirror that is behind goes off then, too. */
const MIRRORED_WITHIN = 3_600_000;

/** What was mirrored of one event, oldest file first. */
type Mirrored = ReadonlyMap<string, readonly string[]>;

/**
 * Compares the log with its mirror, event by event.
 * @param now milliseconds since 1970
 * @throws ChainsNotRead
 */
export async function verifyMirror(chains: Chains, list: ListCopy, now: number): Promise<readonly FoundFault[]> {
  const years = new Set([...chains.keys()].map(yearOf));
  const mirrored = await readMirror(list, years);
  const events = [...chains.values()].flat();
  const known = new Set(events.map(placeOf));
  const compared = events.flatMap((event): FoundFault[] => {
    const { chain, sequence } = event;
    const copies = mirrored.get(placeOf(event));
    if (copies)
      return copies.every((hash) => hash === event.hash) ? [] : [{ chain, sequence, fault: 'not as mirrored' }];
    return Date.parse(JSON.parse(event.body).at) > now - MIRRORED_WITHIN
      ? []
      : [{ chain, sequence, fault: 'not mirrored' }];
  });
  const gone = [...mirrored.keys()].filter((place) => !known.has(place)).map(goneAt);
  return [...compared, ...gone];
}

/** Evidence of what was done to the table: a sentence for each file. */
export async function alterations(list: ListCopy): Promise<readonly string[]> {
  const files = await list(AUDIT_PREFIXES.altered);
  return files.map(({ key }) => `Somebody changed or removed events of the table: ${key}.`);
}

async function readMirror(list: ListCopy, years: ReadonlySet<string>): Promise<Mirrored> {
  const mirrored = new Map<string, string[]>();
  for (const file of await list(AUDIT_PREFIXES.events)) {
    for (const line of (await file.read()).toString().split('\n').filter(Boolean)) {
      const { chain, seq, hash } = JSON.parse(line) as ToldEvent;
      const place = `${chain}/${seq}`;
      if (years.has(yearOf(chain))) mirrored.set(place, [...(mirrored.get(place) ?? []), hash]);
    }
  }
  return mirrored;
}

const yearOf = (chain: string): string => chain.slice(0, 4);

const placeOf = ({ chain, sequence }: ChainedEvent): string => `${chain}/${sequence}`;

function goneAt(place: string): FoundFault {
  const [chain = '', sequence] = place.split('/');
  return { chain, sequence: Number(sequence), fault: 'gone' };
}
