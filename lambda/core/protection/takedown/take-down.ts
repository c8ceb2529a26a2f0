import { LIMITS } from '../../../contract/limits.ts';
import type { Clock, Pause } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { Asset } from '../../library/asset.ts';
import type { Library } from '../../library/library.ts';
import type { Takedown } from '../../library/takedown.ts';
import type { VariantPurge } from '../../library/variant-purge.ts';
import { readRecord } from '../rules/read-matcher.ts';
import { DEFAULT_AUTHOR, readText, readTime } from '../rules/read-rule.ts';
import type { TakedownRecord, TakedownStore } from './takedown.ts';

export interface TakeDownDeps {
  readonly library: Pick<Library, 'findAsset' | 'commitHead'>;
  readonly takedowns: TakedownStore;
  readonly variants: Pick<VariantPurge, 'purge'>;
  readonly clock: Clock;
  readonly pause: Pause;
  /** 0 <= value < 1. */
  readonly random: () => number;
}

/** Rounds of reading and writing before a contended asset is given up. */
const ROUNDS = 10;

const MEMBERS = ['reason', 'reference', 'author', 'until'];

/**
 * Takes a file down: it is listed for the edge, its head gets a new revision, so that renders in flight are dropped, and
 * what was made from it is purged before this returns. Doing it again replaces reason and end.
 * @throws asset.unknown, rule.invalid, rule.limit or busy
 */
export async function takeDown(deps: TakeDownDeps, assetId: string, input: unknown): Promise<TakedownRecord> {
  const takedown = readTakedown(input, deps.clock());
  const { path } = await findAsset(deps, assetId);
  const record = { ...takedown, assetId, path };
  if (!(await deps.takedowns.find(assetId)) && (await deps.takedowns.list()).length >= LIMITS.takedowns) {
    throw problem('rule.limit', `There may be ${LIMITS.takedowns} takedowns; lift some that have ended.`);
  }
  await deps.takedowns.put(record);
  await changeHead(deps, assetId, (asset) => ({ ...asset, takedown }));
  await deps.variants.purge(path);
  return record;
}

/** Ends a takedown: the head first, the edge's list after it, so that a failure between them leaves the file down. */
export async function liftTakedown(deps: TakeDownDeps, assetId: string): Promise<void> {
  await getTakedown(deps, assetId);
  await changeHead(deps, assetId, ({ takedown: _, ...asset }) => asset);
  await deps.takedowns.remove(assetId);
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

function readTakedown(input: unknown, now: number): Takedown {
  const body = readRecord(input, 'The body');
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw problem('rule.invalid', `A takedown has no member "${unknown.slice(0, 60)}"; it has ${MEMBERS.join(', ')}.`);
  }
  const until = readTime(body.until, 'until');
  if (until !== undefined && Date.parse(until) <= now) throw problem('rule.invalid', 'until must be in the future.');
  return {
    reason: readText(body.reason, 'reason', LIMITS.reasonCharacters),
    author: body.author === undefined ? DEFAULT_AUTHOR : readText(body.author, 'author', LIMITS.authorCharacters),
    since: new Date(now).toISOString(),
    ...(body.reference !== undefined && {
      reference: readText(body.reference, 'reference', LIMITS.reasonCharacters),
    }),
    ...(until !== undefined && { until }),
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
