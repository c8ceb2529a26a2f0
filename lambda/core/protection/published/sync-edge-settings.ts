import { CDN_SECRETS_KEY } from '../../../contract/cdn-in-front.ts';
import { FAILOVER_KEY } from '../../../contract/edge.ts';
import type { Clock } from '../../kernel/clock.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { EdgeSource, SettingsChange, SettingsStore } from './edge-settings.ts';
import type { Publication, PublicationRecord } from './publication-record.ts';

export interface SyncEdgeSettingsDeps {
  /** All of them: what no source wants is taken out of the store, but for failovers. */
  readonly sources: readonly EdgeSource[];
  readonly store: SettingsStore;
  readonly record: PublicationRecord;
  readonly clock: Clock;
  /** Another one at every call. */
  readonly hexId: () => string;
}

/** Rounds before a store that others keep changing is left to the publication of the next minute. */
const ROUNDS = 5;

/** Milliseconds after which the store is read in full although nothing seems to differ: somebody may have changed it by hand. */
const COMPARED_EVERY = 86_400_000;

type Entries = ReadonlyMap<string, string>;

/**
 * Brings the edge's settings to what the sources say. Called after every change of settings and every minute, for what
 * begins, ends or failed meanwhile. Every call to the store is billed, so none is made while the sources say what was
 * published last, and a change is one call: it is worked out from the record of the last publication and made in the state
 * that this left, or not at all. A store in another state is read. Whatever state a change is made in was known before the
 * sources were read: of two callers at once, the one with the older view cannot have the last word.
 * @returns how many entries were put or deleted
 * @throws when a source, the store or the record fails; nothing is changed for a source that cannot be read
 */
export async function syncEdgeSettings(deps: SyncEdgeSettingsDeps): Promise<number> {
  const { record, store, clock } = deps;
  const last = await lastPublication(deps);
  const wanted = await wantedEntries(deps.sources);
  const change = last && differences(last.digests, wanted, digest);
  if (change && sizeOf(change) === 0) return 0;
  const token = deps.hexId();
  await record.begin(token);
  const version = change && (await store.change(change, last.version));
  const made =
    version === undefined
      ? await compareInFull(deps)
      : { size: sizeOf(change as SettingsChange), version, entries: wanted, comparedAt: last?.comparedAt ?? clock() };
  await finish(deps, token, made);
  return made.size;
}

/** Undefined when the store is to be read in full. */
async function lastPublication({ record, store, clock }: SyncEdgeSettingsDeps): Promise<Publication | undefined> {
  const [last, storeId] = await Promise.all([record.read(), store.id()]);
  return last?.storeId === storeId && clock() - last.comparedAt < COMPARED_EVERY ? last : undefined;
}

interface Made {
  readonly size: number;
  readonly version: string;
  readonly entries: Entries;
  readonly comparedAt: number;
}

async function compareInFull({ sources, store, clock }: SyncEdgeSettingsDeps): Promise<Made> {
  for (let round = 0; round < ROUNDS; round++) {
    const held = await store.read();
    const entries = await wantedEntries(sources);
    const published = [...held.entries].filter(([key]) => !isOfOthers(key));
    const change = differences(Object.fromEntries(published), entries, (value) => value);
    const size = sizeOf(change);
    const version = size === 0 ? held.version : await store.change(change, held.version);
    if (version !== undefined) return { size, version, entries, comparedAt: clock() };
  }
  throw new Error('The settings of the edge are being changed by too many callers at once.');
}

/** Failovers are declared while home may be away; what another CDN shows is the deployment's. */
const isOfOthers = (key: string): boolean => key.startsWith(FAILOVER_KEY) || key === CDN_SECRETS_KEY;

/** Who began later may have read what is no longer so by now: then nothing is known, and the next publication reads the store. */
async function finish({ record, store }: SyncEdgeSettingsDeps, token: string, made: Made): Promise<void> {
  const digests = Object.fromEntries([...made.entries].map(([key, value]) => [key, digest(value)]));
  const publication = { storeId: await store.id(), version: made.version, digests, comparedAt: made.comparedAt };
  if (!(await record.finish(token, publication))) await record.begin(token);
}

async function wantedEntries(sources: readonly EdgeSource[]): Promise<Entries> {
  const maps = await Promise.all(sources.map((source) => source.entries()));
  const wanted = new Map<string, string>();
  for (const [key, value] of maps.flatMap((map) => [...map])) {
    if (wanted.has(key)) throw new Error(`Two sources want the edge's setting ${key}.`);
    wanted.set(key, value);
  }
  return wanted;
}

/** @param held by key, what `shape` makes of a value */
function differences(
  held: Readonly<Record<string, string>>,
  wanted: Entries,
  shape: (value: string) => string,
): SettingsChange {
  return {
    puts: new Map([...wanted].filter(([key, value]) => held[key] !== shape(value))),
    deletes: Object.keys(held).filter((key) => !wanted.has(key)),
  };
}

const sizeOf = ({ puts, deletes }: SettingsChange): number => puts.size + deletes.length;

const digest = (value: string): string => sha256Hex(value).slice(0, 32);
