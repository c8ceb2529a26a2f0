import { problem } from '../../core/kernel/problems.ts';
import type { ListedObject, LookOutcome, ObjectSource } from '../../core/library/imports/object-source.ts';
import type { ImportedPlace } from '../../core/library/store/imported-place.ts';
import type { S3CompatibleOrigin, S3Origin, StoredOrigin } from '../../core/settings/origins/origin.ts';
import type { FetchedObject, NotFetched, OriginFetcher } from '../../core/settings/origins/origin-fetcher.ts';
import type { OriginDirectory } from '../../core/settings/origins/origin-store.ts';
import type { Exchange } from '../guarded-exchange.ts';
import type { BucketAccessDeps } from './bucket-access.ts';
import { openBucket } from './bucket-access.ts';
import type { InventoryManifest } from './s3-inventory.ts';
import { inventoryEntries, readManifest } from './s3-inventory.ts';
import type { S3Entry } from './s3-listing.ts';
import { listS3 } from './s3-listing.ts';
import type { KnownRegions } from './s3-object.ts';

export interface ObjectSourceDeps extends BucketAccessDeps {
  readonly exchange: Exchange;
  readonly directory: Pick<OriginDirectory, 'find'>;
  readonly fetcher: OriginFetcher;
}

const PAGE = 1000;

type Bucket = S3Origin | S3CompatibleOrigin;

interface StoredBucket extends StoredOrigin {
  readonly origin: Bucket;
}

/** Buckets of origins, for imports. */
export function objectSource(deps: ObjectSourceDeps): ObjectSource {
  const regions: KnownRegions = new Map();
  return {
    pages: (from, after) => (from.inventory ? inventoried(deps, from, after) : listed(deps, from, after, regions)),
    look: async ({ originId, key, etag }, firstBytes) => {
      const stored = await bucketOf(deps, originId);
      return lookOutcome(await deps.fetcher.fetch(stored, { path: `/${key}`, ifMatch: etag, firstBytes }));
    },
  };
}

function lookOutcome(found: FetchedObject | NotFetched): LookOutcome {
  switch (found.outcome) {
    case 'found':
      return found;
    case 'changed':
      return 'changed';
    case 'missing':
      return 'gone';
    case 'unreachable':
    case 'late':
      throw failed(found);
    default:
      return 'refused';
  }
}

async function bucketOf({ directory }: ObjectSourceDeps, originId: string): Promise<StoredBucket> {
  const stored = await directory.find(originId);
  if (!stored) throw problem('origin.not-found', 'The origin is not there any more.');
  const { origin } = stored;
  if (origin.type === 'S3' || origin.type === 'S3_COMPATIBLE') return { ...stored, origin };
  throw problem('import.invalid', 'The origin is no bucket of S3 any more.');
}

/** What stands before the keys of an origin's objects. */
const folderOf = ({ prefix }: Bucket): string => (prefix === '' ? '' : `${prefix}/`);

async function* listed(
  deps: ObjectSourceDeps,
  { originId, prefix }: ImportedPlace,
  [last]: readonly string[],
  regions: KnownRegions,
): AsyncGenerator<readonly ListedObject[]> {
  const stored = await bucketOf(deps, originId);
  const folder = folderOf(stored.origin);
  let after = last === undefined ? '' : folder + last;
  for (let isCut = true; isCut; ) {
    // Anew for each page: a role's credentials end.
    const bucket = await openBucket(deps, stored, stored.origin);
    const page = bucket && (await listS3(deps.exchange, bucket, { prefix: folder + prefix, after }, regions));
    if (page?.outcome !== 'listed') throw failed(page ?? { outcome: 'denied' });
    const next = page.entries.at(-1)?.key ?? '';
    // A server that does not know where to go on would be asked for ever.
    if (page.isCut && Buffer.compare(Buffer.from(next), Buffer.from(after)) <= 0) throw failed({ outcome: 'broken' });
    yield page.entries.filter(isFile).map((entry) => {
      const key = entry.key.slice(folder.length);
      return { ...entry, key, place: [key] };
    });
    ({ isCut } = page);
    after = next;
  }
}

/** Consoles make folders of empty objects. */
const isFile = ({ key }: S3Entry): boolean => !key.endsWith('/');

async function* inventoried(
  deps: ObjectSourceDeps,
  { originId, prefix, inventory }: ImportedPlace,
  after: readonly string[],
): AsyncGenerator<readonly ListedObject[]> {
  const [source, holder] = await Promise.all([
    bucketOf(deps, originId),
    bucketOf(deps, inventory?.originId ?? originId),
  ]);
  const manifest = await manifestOf(deps, source, holder, inventory?.manifest ?? '');
  const folder = folderOf(source.origin);
  const [firstFile = 0, firstRow = 0] = after.map(Number);
  for (const [file, key] of manifest.files.entries()) {
    if (file < firstFile) continue;
    const compressed = await bytesOf(deps, holder, key.slice(folderOf(holder.origin).length));
    let page: ListedObject[] = [];
    let row = 0;
    for await (const entry of entriesIn(compressed, manifest)) {
      row += 1;
      if (file === firstFile && row <= firstRow) continue;
      if (entry === 'left-out' || !isFile(entry) || !entry.key.startsWith(folder + prefix)) continue;
      page.push({ ...entry, key: entry.key.slice(folder.length), place: [String(file), String(row)] });
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    yield page;
  }
}

async function manifestOf(
  deps: ObjectSourceDeps,
  source: StoredBucket,
  holder: StoredBucket,
  key: string,
): Promise<InventoryManifest> {
  const manifest = readManifest(await bytesOf(deps, holder, key));
  if (typeof manifest === 'string') throw problem('import.invalid', manifest);
  if (manifest.sourceBucket !== source.origin.bucket) {
    throw problem('import.invalid', 'The inventory is of another bucket than the origin.');
  }
  const folder = folderOf(holder.origin);
  if (manifest.bucket !== holder.origin.bucket || !manifest.files.every((file) => file.startsWith(folder))) {
    throw problem('import.invalid', "The inventory's files are outside the origin that its manifest is read from.");
  }
  return manifest;
}

async function* entriesIn(compressed: Uint8Array, { columns }: InventoryManifest) {
  try {
    yield* inventoryEntries(compressed, columns);
  } catch (cause) {
    throw problem('import.invalid', 'A file of the inventory is no compressed CSV.', { cause });
  }
}

async function bytesOf({ fetcher }: ObjectSourceDeps, holder: StoredBucket, key: string): Promise<Uint8Array> {
  const found = await fetcher.fetch(holder, { path: `/${key}` });
  if (found.outcome === 'found') return found.bytes;
  if (found.outcome === 'missing') throw problem('import.invalid', 'A file of the inventory is not at its origin.');
  throw failed(found);
}

function failed({ outcome }: NotFetched) {
  switch (outcome) {
    case 'missing':
      return problem('origin.not-found', 'The origin has no such bucket.');
    case 'denied':
      return problem('origin.denied', 'The origin does not let its bucket be listed: that needs s3:ListBucket.');
    case 'unreachable':
      return problem('origin.unreachable', 'The origin cannot be reached.');
    case 'late':
      return problem('origin.late', 'The origin took too long to answer.');
    case 'too-large':
    case 'endless':
      return problem('import.invalid', 'A file of the inventory is larger than an import reads.');
    default:
      return problem('origin.broken', 'The origin gave an invalid answer.');
  }
}
