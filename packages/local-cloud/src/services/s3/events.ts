import { randomUUID } from 'node:crypto';

/** What S3 sends to EventBridge (S3 user guide, "EventBridge event message structure"); the key is not escaped. */
export interface S3ObjectEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Object Created' | 'Object Deleted';
  readonly source: 'aws.s3';
  readonly account: string;
  /** ISO 8601 with seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: {
    readonly version: '0';
    readonly bucket: { readonly name: string };
    readonly object: {
      readonly key: string;
      readonly size?: number;
      readonly etag?: string;
      readonly 'version-id'?: string;
      /** Hexadecimal, of fixed length; of two events of one key, the greater one came later. */
      readonly sequencer: string;
    };
    readonly 'request-id': string;
    readonly requester: string;
    readonly 'source-ip-address'?: string;
    readonly reason: CreationReason | DeletionReason;
    readonly 'deletion-type'?: DeletionType;
  };
}

export type CreationReason = 'PutObject' | 'POST Object' | 'CopyObject' | 'CompleteMultipartUpload';
export type DeletionReason = 'DeleteObject' | 'Lifecycle Expiration';
export type DeletionType = 'Delete Marker Created' | 'Permanently Deleted';

/** Whose request changes an object. */
export interface Actor {
  readonly requestId: string;
  readonly requester: string;
  readonly sourceIp?: string;
}

/** The object that an event is about. */
export interface EventObject {
  readonly bucket: string;
  readonly key: string;
  readonly size?: number;
  readonly etag?: string;
  readonly versionId?: string;
  readonly sequence: number;
}

export type EventChange =
  | { readonly type: 'Object Created'; readonly reason: CreationReason }
  | { readonly type: 'Object Deleted'; readonly reason: DeletionReason; readonly deletion: DeletionType };

export function objectEvent(
  object: EventObject,
  change: EventChange,
  actor: Actor,
  region: string,
  now: Date,
): S3ObjectEvent {
  const { bucket, key, size, etag, versionId, sequence } = object;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': change.type,
    source: 'aws.s3',
    account: '000000000000',
    time: now.toISOString().replace(/\.\d{3}/, ''),
    region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key,
        ...(size !== undefined && { size }),
        ...(etag !== undefined && { etag }),
        ...(versionId !== undefined && { 'version-id': versionId }),
        sequencer: sequence.toString(16).toUpperCase().padStart(18, '0'),
      },
      'request-id': actor.requestId,
      requester: actor.requester,
      ...(actor.sourceIp !== undefined && { 'source-ip-address': actor.sourceIp }),
      reason: change.reason,
      ...(change.type === 'Object Deleted' && { 'deletion-type': change.deletion }),
    },
  };
}
