import { CopyObjectCommand, CreateBucketCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { REPLICATED } from '../../lambda/contract/backup.ts';
import { type EmulatedRegion, REGION, type RootClients, rootClients } from './clients.ts';

export interface PlacedBucket {
  readonly Bucket: string;
  /** Its region. */
  readonly at: EmulatedRegion;
}

/** Of the stack of a region, by the output that names it. @param at @default home */
export function bucketOf(output: string, at: EmulatedRegion = REGION): PlacedBucket {
  return { Bucket: outputsOf(at)[output] ?? '', at };
}

export const outputsOf = (region: EmulatedRegion) =>
  inject('deployment')[region === REGION ? 'region' : 'away'].outputs;

export async function makeBucket(Bucket: string, region: string, { s3 }: Pick<RootClients, 's3'>): Promise<void> {
  const isFirst = region === 'us-east-1';
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ...(!isFirst && { CreateBucketConfiguration: { LocationConstraint: region as EmulatedRegion } }),
    }),
  );
}

export async function keysIn({ Bucket, at }: PlacedBucket): Promise<string[]> {
  const { s3 } = rootClients(inject('deployment').endpoint, at);
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
    keys.push(...Contents.map(({ Key = '' }) => Key));
  }
  return keys;
}

/** The emulator's CloudFormation makes no replication, so this does what S3 would. */
export async function replicate(from: PlacedBucket, to: PlacedBucket): Promise<void> {
  const { s3 } = rootClients(inject('deployment').endpoint, to.at);
  const prefixes = Object.values(REPLICATED);
  for (const Key of (await keysIn(from)).filter((key) => prefixes.some((one) => key.startsWith(one)))) {
    const CopySource = `${from.Bucket}/${encodeURI(Key)}`;
    await s3.send(new CopyObjectCommand({ Bucket: to.Bucket, Key, CopySource }));
  }
}
