import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock, Pause } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { Asset } from '../../library/asset.ts';
import type { Library } from '../../library/library.ts';
import type { Takedown } from '../../library/takedown.ts';
import type { VariantPurge } from '../../library/variant-purge.ts';
import { DEFAULT_AUTHOR } from '../rules/rule-draft.ts';
import type { TakedownRecord, TakedownStore } from './takedown.ts';

export interface TakeDownDeps {
  readonly library: Pick<Library, 'findAsset' | 'commitHead'>;
  readonly takedowns: TakedownStore;
  readonly variants: Pick<VariantPurge, 'purge'>;
  readonly clock: Clock;
  readonly pause: Pause;
  /** 0 <= value < 1. */
  readonly random: () => number;
  readonly makeEvent: MakeEvent;
}

/** Rounds of reading and writing before a contended asset is given up. */
const ROUNDS = 10;

/** A takedown as a caller asks for it. */
export interface TakedownInput {
  readonly reason: string;
  readonly reference?: string | undefined;
  /** @default the holder of the private key */
  readonly author?: string | undefined;
  /** ISO 8601 with milliseconds and Z; without it the takedown lasts. */
  readonly until?: string | null | undefined;
}

/**
 * Takes a file down: it is listed for the edge, its head gets a new revision, so that renders in flight are dropped, and
 * what was made from it is purged before this returns. Doing it again replaces reason and end.
 * @throws asset.unknown, rule.invalid, rule.limit or busy
 */
export async function takeDown(
  deps: TakeDownDeps,
  caller: Caller,
  assetId: string,
  input: TakedownInput,
): Promise<TakedownRecord> {
  const takedown = toTakedown(input, deps.clock());
  const { path } = await findAsset(deps, assetId);
  const record = { ...takedown, assetId, path };
  if (!(await deps.takedowns.find(assetId)) && (await deps.takedowns.list()).length >= LIMITS.takedowns) {
    throw problem('rule.limit', `There may be at most ${LIMITS.takedowns} takedowns; lift some that have ended.`);
  }
  const event = deps.makeEvent(caller, 'file.taken-down', { kind: 'file', id: assetId }, { after: { ...record } });
  await deps.takedowns.commit({ put: record }, event);
  await changeHead(deps, assetId, (asset) => ({ ...asset, takedown }));
  await deps.variants.purge(path);
  return record;
}

/** Ends a takedown: the head first, the edge's list after it, so that a failure between them leaves the file down. */
export async function liftTakedown(deps: TakeDownDeps, caller: Caller, assetId: string): Promise<void> {
  const before = { ...(await getTakedown(deps, assetId)) };
  await changeHead(deps, assetId, ({ takedown: _, ...asset }) => asset);
  const event = deps.makeEvent(caller, 'file.takedown-lifted', { kind: 'file', id: assetId }, { before });
  await deps.takedowns.commit({ remove: assetId }, event);
}

/** @throws takedown.not-found */
export async function getTakedown(
  { takedowns }: Pick<TakeDownDeps, 'takedowns'>,
  assetId: string,
): Promise<TakedownRecord> {
  const record = await takedowns.find(assetId);
  if (!record) throw problem('takedown.not-found', 'The file is not taken down.');
  return record;
}

function toTakedown({ reason, reference, author, until }: TakedownInput, now: number): Takedown {
  if (until && Date.parse(until) <= now) throw problem('rule.invalid', 'until must be in the future.');
  return {
    reason,
    author: author ?? DEFAULT_AUTHOR,
    since: new Date(now).toISOString(),
    ...(reference !== undefined && { reference }),
    ...(until && { until }),
  };
}

async function findAsset({ library }: TakeDownDeps, assetId: string): Promise<Asset> {
  const asset = await library.findAsset(assetId);
  if (!asset) throw problem('asset.unknown', 'There is no file with this id.');
  return asset;
}

async function changeHead(deps: TakeDownDeps, assetId: string, change: (asset: Asset) => Asset): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const asset = await findAsset(deps, assetId);
    const next = { ...change(asset), revision: asset.revision + 1 };
    if (await deps.library.commitHead(next, asset.revision)) return;
    await deps.pause(deps.random() * Math.min(20 * 2 ** round, 400));
  }
  throw problem('busy', 'The file is being changed by too many calls at once; try again.');
}
