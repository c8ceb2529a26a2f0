import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { DEFAULT_ENDPOINT } from '../contract/edge.ts';
import { sha256Hex } from '../core/delivery/identify-variant.ts';
import { assetPrefix } from '../core/delivery/variant-key.ts';
import { escapePath } from '../core/library/asset-path.ts';
import type { VariantPurge } from '../core/library/ports.ts';
import type { DependentVariants } from './dependent-variants.ts';

export interface VariantPurgeClients {
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  readonly dependents: DependentVariants;
  readonly variantsBucket: string;
  readonly distributionId: () => Promise<string>;
  /** Makes each invalidation one of its own; CloudFront takes two with the same reference for one. */
  readonly reference: () => string;
}

/** Objects that one call deletes (AWS, "DeleteObjects"), and paths that we put into one invalidation. */
const BATCH = 1000;

/**
 * Purges an asset's path: the stored variants go first, else the CDN could fetch an old one right after the
 * invalidation. The invalidation names the rewritten paths, which are the cache keys, and the path that viewers ask for,
 * as AWS advises for distributions whose function rewrites ("Invalidate files", "CloudFront Functions"). Pictures that
 * carry the asset as a layer go with it.
 */
export function variantPurge(clients: VariantPurgeClients): VariantPurge {
  const purgeDependents = async (dependency: string): Promise<void> => {
    const keys = await clients.dependents.list(dependency);
    for (let start = 0; start < keys.length; start += BATCH) {
      const batch = keys.slice(start, start + BATCH);
      await deleteObjects(clients, batch);
      await invalidate(
        clients,
        batch.map((key) => `/${key}`),
      );
      await clients.dependents.forget(dependency, batch);
    }
  };
  return {
    purgeDependents,
    purge: async (path) => {
      const open = assetPrefix(path, 'open', DEFAULT_ENDPOINT, sha256Hex);
      const signed = assetPrefix(path, 'signed', DEFAULT_ENDPOINT, sha256Hex);
      await deletePrefix(clients, open);
      await deletePrefix(clients, signed);
      await invalidate(clients, [`${open}*`, `${signed}*`, escapePath(path)]);
      await purgeDependents(`asset:${path}`);
    },
  };
}

async function deletePrefix(clients: VariantPurgeClients, prefix: string): Promise<void> {
  const { s3, variantsBucket } = clients;
  const listing = paginateListObjectsV2({ client: s3 }, { Bucket: variantsBucket, Prefix: prefix.slice(1) });
  for await (const { Contents = [] } of listing) {
    await deleteObjects(
      clients,
      Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])),
    );
  }
}

async function deleteObjects({ s3, variantsBucket }: VariantPurgeClients, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const Objects = keys.map((Key) => ({ Key }));
  const command = new DeleteObjectsCommand({ Bucket: variantsBucket, Delete: { Objects, Quiet: true } });
  const { Errors = [] } = await s3.send(command);
  if (Errors[0]) throw new Error(`${Errors.length} variants could not be deleted, first: ${Errors[0].Code}`);
}

async function invalidate(clients: VariantPurgeClients, paths: string[]): Promise<void> {
  await clients.cloudFront.send(
    new CreateInvalidationCommand({
      DistributionId: await clients.distributionId(),
      InvalidationBatch: {
        CallerReference: clients.reference(),
        Paths: { Quantity: paths.length, Items: paths },
      },
    }),
  );
}
