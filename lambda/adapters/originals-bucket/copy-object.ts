import type { S3Client } from '@aws-sdk/client-s3';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { problem } from '../../core/kernel/problems.ts';
import { escapePath } from '../../core/library/asset-path.ts';

/** One copy within a bucket. */
export interface ObjectCopy {
  readonly from: string;
  readonly to: string;
  /** Bytes of the source, or more. */
  readonly size: number;
  /** Whether it fails where an object has the key already. @default it takes its place */
  readonly onlyNew?: boolean;
}

export interface CopyBounds {
  /** Bytes that one call copies. S3 takes 5 MiB or more, and at most 10,000 parts. */
  readonly partBytes: number;
  /** Milliseconds for the whole copy. */
  readonly timeout: number;
}

/**
 * AWS names no speed for a copy in one call; at 100 MB a second 5 GB take 50 s, and an API call has 29. Parts are copied beside
 * each other (AWS, "Copying an object using multipart upload"): the largest file has 38 of them.
 */
const BOUNDS: CopyBounds = { partBytes: 128 * 2 ** 20, timeout: 24_000 };

/**
 * Copies an object on the side of S3, whole or not at all: what is larger than a part is put together of parts, which nobody
 * sees before the last one is there.
 * @throws Problem busy when S3 is too slow, and S3's error of a source that is missing or a key that is taken
 */
export async function copyObject(
  client: S3Client,
  bucket: string,
  copy: ObjectCopy,
  { partBytes, timeout }: CopyBounds = BOUNDS,
): Promise<void> {
  const signal = AbortSignal.timeout(timeout);
  try {
    await (copy.size > partBytes ? inParts : atOnce)({ client, bucket, signal, partBytes }, copy);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw problem('busy', 'The storage takes too long to copy the file; nothing was copied. Try again.', { cause });
  }
}

interface Copying {
  readonly client: S3Client;
  readonly bucket: string;
  readonly signal: AbortSignal;
  readonly partBytes: number;
}

async function atOnce({ client, bucket, signal }: Copying, { from, to, onlyNew }: ObjectCopy): Promise<void> {
  const source = { CopySource: `${bucket}/${escapePath(from)}`, ...(onlyNew && { IfNoneMatch: '*' }) };
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: to, ...source }), { abortSignal: signal });
}

async function inParts(copying: Copying, copy: ObjectCopy): Promise<void> {
  const { client, bucket, signal, partBytes } = copying;
  const source = await look(copying, copy.from);
  if (source.size <= partBytes) return atOnce(copying, copy);
  const at = { Bucket: bucket, Key: copy.to };
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...at, ...source.headers, ChecksumAlgorithm: 'CRC32' }),
    { abortSignal: signal },
  );
  try {
    const count = Math.ceil(source.size / partBytes);
    const Parts = await Promise.all(
      Array.from({ length: count }, (_, index) => copyPart(copying, copy, { UploadId, source, index })),
    );
    await client.send(
      new CompleteMultipartUploadCommand({
        ...{ ...at, UploadId, MultipartUpload: { Parts } },
        ...(copy.onlyNew && { IfNoneMatch: '*' }),
      }),
      { abortSignal: signal },
    );
  } catch (error) {
    // What it leaves all the same, the bucket's rule removes within a day.
    await client.send(new AbortMultipartUploadCommand({ ...at, UploadId })).catch(() => undefined);
    throw error;
  }
}

interface CopySource {
  readonly size: number;
  readonly etag: string | undefined;
  readonly headers: Pick<CreateMultipartUploadCommand['input'], 'ContentType' | 'Metadata'>;
}

/** With GET, whose refusals say what they are: those of HEAD have no body. */
async function look({ client, bucket, signal }: Copying, from: string): Promise<CopySource> {
  const { Body, ContentRange, ContentType, Metadata, ETag } = await client.send(
    new GetObjectCommand({ Bucket: bucket, Key: from, Range: 'bytes=0-0' }),
    { abortSignal: signal },
  );
  await Body?.transformToByteArray();
  return { size: Number(ContentRange?.split('/')[1]), etag: ETag, headers: { ContentType, Metadata } };
}

async function copyPart(
  { client, bucket, signal, partBytes }: Copying,
  { from, to }: ObjectCopy,
  { UploadId, source, index }: { UploadId: string | undefined; source: CopySource; index: number },
) {
  const first = index * partBytes;
  const last = Math.min(first + partBytes, source.size) - 1;
  const { CopyPartResult } = await client.send(
    new UploadPartCopyCommand({
      ...{ Bucket: bucket, Key: to, UploadId, PartNumber: index + 1 },
      ...{ CopySource: `${bucket}/${escapePath(from)}`, CopySourceIfMatch: source.etag },
      CopySourceRange: `bytes=${first}-${last}`,
    }),
    { abortSignal: signal },
  );
  return { PartNumber: index + 1, ETag: CopyPartResult?.ETag, ChecksumCRC32: CopyPartResult?.ChecksumCRC32 };
}
