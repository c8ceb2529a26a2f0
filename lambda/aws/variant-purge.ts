import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { DEFAULT_ENDPOINT } from '../contract/edge.ts';
import { sha256Hex } from '../core/delivery/identify-variant.ts';
import { assetPrefix } from '../core/delivery/variant-key.ts';
import { escapePath } from '../core/library/asset-path.ts';
import type { VariantPurge } from '../core/library/ports.ts';

export interface VariantPurgeClients {
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  readonly variantsBucket: string;
  readonly distributionId: () => Promise<string>;
  /** Makes each invalidation one of its own; CloudFront takes two with the same reference for one. */
  readonly reference: () => string;
}

/**
 * Purges an asset's path: the stored variants go first, else the CDN could fetch an old one right after the
 * invalidation. The invalidation names the rewritten paths, which are the cache keys, and the path that viewers ask for,
 * as AWS advises for distributions whose function rewrites ("Invalidate files", "CloudFront Functions").
 */
export function variantPurge(clients: VariantPurgeClients): VariantPurge {
  return {
    purge: async (path) => {
      const open = assetPrefix(path, 'open', DEFAULT_ENDPOINT, sha256Hex);
      const signed = assetPrefix(path, 'signed', DEFAULT_ENDPOINT, sha256Hex);
      await deletePrefix(clients, open);
      await deletePrefix(clients, signed);
      await invalidate(clients, [`${open}*`, escapePath(path)]);
    },
  };
}

async function deletePrefix({ s3, variantsBucket }: VariantPurgeClients, prefix: string): Promise<void> {
  const listing = paginateListObjectsV2({ client: s3 }, { Bucket: variantsBucket, Prefix: prefix.slice(1) });
  for await (const { Contents = [] } of listing) {
    const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
    if (Objects.length === 0) continue;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: variantsBucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors[0]) throw new Error(`${Errors.length} variants could not be deleted, first: ${Errors[0].Code}`);
  }
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
