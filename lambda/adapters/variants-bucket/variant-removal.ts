import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CreateInvalidationCommand, GetInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { sha256Hex } from '../../core/kernel/sha256.ts';
import { escapePath } from '../../core/library/asset-path.ts';
import type { VariantRemoval } from '../../core/purge/variant-removal.ts';
import { assetPrefix } from '../../core/request/variant-key.ts';
import type { DependentVariants } from '../library-table/dependent-variants.ts';

export interface VariantRemovalClients {
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  readonly dependents: DependentVariants;
  readonly variantsBucket: string;
  readonly distributionId: () => Promise<string>;
  /** Ids of all URL endpoints. */
  readonly endpoints: () => Promise<readonly string[]>;
  /** Makes each invalidation one of its own; CloudFront takes two with the same reference for one. */
  readonly reference: () => string;
}

/** Objects that one call deletes (AWS, "DeleteObjects"), and paths that we put into one invalidation. */
const BATCH = 1000;

/**
 * Stored variants go first, else the CDN could fetch an old one right after the invalidation. An invalidation names the
 * rewritten paths, which are the cache keys, and the path that viewers ask for, as AWS advises for distributions whose
 * function rewrites ("Invalidate files", "CloudFront Functions"). Pictures that carry an asset as a layer go with it.
 */
export function variantRemoval(clients: VariantRemovalClients): VariantRemoval {
  const removal: VariantRemoval = {
    removePaths: async (paths) => {
      const prefixes = await prefixesOf(clients, paths);
      for (const prefix of prefixes) await deletePrefix(clients, prefix);
      const ids = await invalidate(clients, [...prefixes.map((prefix) => `${prefix}*`), ...paths.map(escapePath)]);
      for (const path of paths) ids.push(...(await removal.removeDependents(`asset:${path}`)));
      return ids;
    },
    removeVariants: async (keys) => {
      await deleteObjects(clients, keys);
      return invalidate(
        clients,
        keys.map((key) => `/${key}`),
      );
    },
    removeDependents: async (dependency) => {
      const keys = await clients.dependents.list(dependency);
      const ids = await removal.removeVariants(keys);
      await clients.dependents.remove(dependency, keys);
      return ids;
    },
    removeEndpoint: async (id) => {
      const prefixes = [`/open/${id}/`, `/signed/${id}/`];
      for (const prefix of prefixes) await deletePrefix(clients, prefix);
      return invalidate(
        clients,
        prefixes.map((prefix) => `${prefix}*`),
      );
    },
    areComplete: async (ids) => {
      const states = await Promise.all(ids.map((id) => isComplete(clients, id)));
      return states.every((complete) => complete);
    },
  };
  return removal;
}

async function prefixesOf({ endpoints }: VariantRemovalClients, paths: readonly string[]): Promise<string[]> {
  const ids = await endpoints();
  return paths.flatMap((path) =>
    ids.flatMap((endpoint) => [
      assetPrefix(path, 'open', endpoint, sha256Hex),
      assetPrefix(path, 'signed', endpoint, sha256Hex),
    ]),
  );
}

async function deletePrefix(clients: VariantRemovalClients, prefix: string): Promise<void> {
  const { s3, variantsBucket } = clients;
  const listing = paginateListObjectsV2({ client: s3 }, { Bucket: variantsBucket, Prefix: prefix.slice(1) });
  for await (const { Contents = [] } of listing) {
    await deleteObjects(
      clients,
      Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])),
    );
  }
}

async function deleteObjects({ s3, variantsBucket }: VariantRemovalClients, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += BATCH) {
    const Objects = keys.slice(start, start + BATCH).map((Key) => ({ Key }));
    const command = new DeleteObjectsCommand({ Bucket: variantsBucket, Delete: { Objects, Quiet: true } });
    const { Errors = [] } = await s3.send(command);
    if (Errors[0]) throw new Error(`${Errors.length} variants could not be deleted, first: ${Errors[0].Code}`);
  }
}

async function invalidate(clients: VariantRemovalClients, paths: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < paths.length; start += BATCH) {
    const Items = paths.slice(start, start + BATCH);
    const { Invalidation } = await clients.cloudFront.send(
      new CreateInvalidationCommand({
        DistributionId: await clients.distributionId(),
        InvalidationBatch: { CallerReference: clients.reference(), Paths: { Quantity: Items.length, Items } },
      }),
    );
    if (Invalidation?.Id) ids.push(Invalidation.Id);
  }
  return ids;
}

/** CloudFront forgets old invalidations; those are long done. */
async function isComplete({ cloudFront, distributionId }: VariantRemovalClients, id: string): Promise<boolean> {
  try {
    const command = new GetInvalidationCommand({ DistributionId: await distributionId(), Id: id });
    const { Invalidation } = await cloudFront.send(command);
    return Invalidation?.Status === 'Completed';
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchInvalidation') return true;
    throw error;
  }
}
