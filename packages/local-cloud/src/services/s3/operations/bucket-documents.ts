import { type S3ErrorCode, s3Error } from '../errors.ts';
import { receiveDocument, receiveText } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { readS3Document } from '../xml.ts';
import { xmlAnswer } from './operation.ts';

/**
 * Configurations that are kept and given back, and have no effect on this machine: nobody but the principals of the
 * server reaches it, and blobs lie on the owner's disk. By subresource: root element and what is said when there is none.
 */
export const KEPT_DOCUMENTS = {
  encryption: ['ServerSideEncryptionConfiguration', 'ServerSideEncryptionConfigurationNotFoundError'],
  ownershipControls: ['OwnershipControls', 'OwnershipControlsNotFoundError'],
  policy: [undefined, 'NoSuchBucketPolicy'],
  publicAccessBlock: ['PublicAccessBlockConfiguration', 'NoSuchPublicAccessBlockConfiguration'],
  tagging: ['Tagging', 'NoSuchTagSet'],
} as const satisfies Record<string, readonly [root: string | undefined, missing: S3ErrorCode]>;

export type KeptDocument = keyof typeof KEPT_DOCUMENTS;

/** GetBucketPolicy and its like. */
export function getDocument(name: KeptDocument) {
  return (services: S3Services, request: S3Request): S3Answer => {
    const document = services.buckets.require(request.bucket).documents[name];
    if (document === undefined) throw s3Error(KEPT_DOCUMENTS[name][1]);
    const type = name === 'policy' ? 'application/json' : 'application/xml';
    return { status: 200, headers: { 'content-type': type }, body: document };
  };
}

/** PutBucketPolicy and its like. */
export function putDocument(name: KeptDocument) {
  return async (services: S3Services, request: S3Request): Promise<S3Answer> => {
    const document = await receiveText(request);
    const [root] = KEPT_DOCUMENTS[name];
    if (root) readS3Document(document, root);
    const { documents } = services.buckets.require(request.bucket);
    services.buckets.change(request.bucket, { documents: { ...documents, [name]: document } });
    return { status: name === 'policy' ? 204 : 200 };
  };
}

/** DeleteBucketPolicy and its like. */
export function deleteDocument(name: KeptDocument) {
  return (services: S3Services, request: S3Request): S3Answer => {
    const { [name]: _, ...documents } = services.buckets.require(request.bucket).documents;
    services.buckets.change(request.bucket, { documents });
    return { status: 204 };
  };
}

/** GetBucketNotificationConfiguration. */
export function getNotification(services: S3Services, request: S3Request): S3Answer {
  const { eventBridge } = services.buckets.require(request.bucket);
  return xmlAnswer('NotificationConfiguration', { EventBridgeConfiguration: eventBridge ? '' : undefined });
}

/** PutBucketNotificationConfiguration: events to EventBridge or none. */
export async function putNotification(services: S3Services, request: S3Request): Promise<S3Answer> {
  const document = await receiveDocument(request, 'NotificationConfiguration');
  const other = document.children.find((child) => child.name !== 'EventBridgeConfiguration');
  if (other) throw s3Error('NotImplemented', `${other.name} is not offered here; only EventBridge is`);
  services.buckets.change(request.bucket, { eventBridge: document.first('EventBridgeConfiguration') !== undefined });
  return { status: 200 };
}
