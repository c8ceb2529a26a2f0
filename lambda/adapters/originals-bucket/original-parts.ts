import type { S3Client } from '@aws-sdk/client-s3';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListParts,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { formKey } from '../../contract/object-keys.ts';
import { problem } from '../../core/kernel/problems.ts';
import type { LargeUpload } from '../../core/library/store/large-upload-record.ts';
import type { ObjectBeginning, OriginalParts, StoredPart } from '../../core/library/uploads/original-parts.ts';
import { copyObject } from './copy-object.ts';

/** Seconds for which a part may be sent; the function's own credentials end after some hours, and the URL with them. */
const URL_SECONDS = 3600;

const CHECKSUM = 'x-amz-checksum-sha256';

/**
 * Multipart uploads of the originals bucket. S3 wants every `x-amz-` header of a presigned request signed, so a part's checksum
 * is part of its URL: whoever sees the URL can send these bytes and no others, and no more of them.
 */
export function originalParts(client: S3Client, bucket: string): OriginalParts {
  const at = ({ objectKey, storageId }: Pick<LargeUpload, 'objectKey' | 'storageId'>) => ({
    ...{ Bucket: bucket, Key: objectKey, UploadId: storageId },
  });
  return {
    begin: async (objectKey) => {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ Bucket: bucket, Key: objectKey, ChecksumAlgorithm: 'SHA256' }),
      );
      if (UploadId === undefined) throw new Error('S3 began an upload without an id.');
      return UploadId;
    },
    sign: async (upload, { number, size, sha256 }) => {
      const part = { PartNumber: number, ContentLength: size, ChecksumSHA256: sha256 };
      const url = await getSignedUrl(client, new UploadPartCommand({ ...at(upload), ...part }), {
        expiresIn: URL_SECONDS,
        unhoistableHeaders: new Set([CHECKSUM]),
      });
      return { number, url, headers: { [CHECKSUM]: sha256 } };
    },
    origin: async () => new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: '-' }))).origin,
    list: (upload) => listParts(client, at(upload)).catch(unlessGone(undefined)),
    join: async (upload, parts) => {
      const Parts = parts.map(({ number, etag, sha256 }) => ({
        ...{ PartNumber: number, ETag: etag, ChecksumSHA256: sha256 },
      }));
      const command = { ...at(upload), MultipartUpload: { Parts }, MpuObjectSize: upload.size };
      return client.send(new CompleteMultipartUploadCommand(command)).then(() => true, unlessGone(false));
    },
    abort: async (upload) => {
      await client.send(new AbortMultipartUploadCommand(at(upload))).catch(unlessGone(undefined));
    },
    signForm: (versionId, maximumBytes, seconds) =>
      createPresignedPost(client, {
        ...{ Bucket: bucket, Key: formKey(versionId), Expires: seconds },
        Conditions: [['content-length-range', 1, maximumBytes]],
      }),
    keepForm: (upload) => keepForm(client, bucket, upload),
    readBeginning: (objectKey, bytes) => readBeginning(client, bucket, objectKey, bytes),
  };
}

/**
 * What happened to an upload that S3 does not have any more, its caller knows.
 * @throws Problem busy while another call joins the parts
 */
const unlessGone =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    const { name } = error as Error;
    if (name === 'NoSuchUpload') return value;
    if (name !== 'OperationAborted') throw error;
    throw problem('busy', 'The parts are being put together by another call; ask again.', { cause: error });
  };

async function listParts(
  client: S3Client,
  at: { readonly Bucket: string; readonly Key: string; readonly UploadId: string },
): Promise<StoredPart[]> {
  const found: StoredPart[] = [];
  for await (const { Parts = [] } of paginateListParts({ client }, at)) {
    for (const { PartNumber = 0, Size = 0, ETag = '', ChecksumSHA256 = '' } of Parts) {
      found.push({ number: PartNumber, size: Size, etag: ETag, sha256: ChecksumSHA256 });
    }
  }
  return found;
}

/** Without the right to list, S3 denies what is not there. */
const MISSING = ['NoSuchKey', 'AccessDenied'];

/** What S3 answers when the copy is there, or was being made (AWS, "CopyObject"). */
const [EXISTS, CONFLICT] = ['PreconditionFailed', 'ConditionalRequestConflict'];

async function keepForm(
  client: S3Client,
  bucket: string,
  { versionId, objectKey, size }: Pick<LargeUpload, 'versionId' | 'objectKey' | 'size'>,
): Promise<void> {
  const brought = { Bucket: bucket, Key: formKey(versionId) };
  try {
    await copyObject(client, bucket, { from: brought.Key, to: objectKey, size, onlyNew: true });
  } catch (error) {
    const { name } = error as Error;
    if (MISSING.includes(name)) return;
    if (name === CONFLICT) throw problem('busy', 'Another call completes this upload; ask again.', { cause: error });
    if (name !== EXISTS) throw error;
  }
  await client.send(new DeleteObjectCommand(brought));
}

async function readBeginning(
  client: S3Client,
  bucket: string,
  objectKey: string,
  bytes: number,
): Promise<ObjectBeginning | undefined> {
  try {
    const command = { Bucket: bucket, Key: objectKey, Range: `bytes=0-${bytes - 1}` };
    const { Body, ContentRange = '' } = await client.send(new GetObjectCommand(command));
    const content = await Body?.transformToByteArray();
    return content && { bytes: content, size: Number(ContentRange.split('/')[1] ?? content.byteLength) };
  } catch (error) {
    if (MISSING.includes((error as Error).name)) return undefined;
    throw error;
  }
}
