import type { Headers } from './body/body-checks.ts';
import { s3Error } from './errors.ts';
import { createBucket, deleteBucket, getLocation, headBucket, listBuckets } from './operations/buckets.ts';
import { completeUpload } from './operations/complete-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-object.ts';
import { listObjectsV2 } from './operations/list-objects.ts';
import { listVersions } from './operations/list-versions.ts';
import { abortUpload, createUpload, listParts, listUploads } from './operations/multipart-uploads.ts';
import { getAttributes } from './operations/object-attributes.ts';
import { deleteTagging, getTagging, putTagging } from './operations/object-tagging.ts';
import type { Operation } from './operations/operation.ts';
import { readObject } from './operations/read-object.ts';
import { uploadPart, uploadPartCopy } from './operations/upload-part.ts';
import { writeObject } from './operations/write-object.ts';
import type { Target } from './request.ts';

type Operations = Readonly<Record<string, Operation>>;

/** By method; of a subresource: `GET policy`. */
const BUCKET_OPERATIONS: Operations = {
  HEAD: headBucket,
  PUT: createBucket,
  DELETE: deleteBucket,
  'POST delete': deleteObjects,
  'GET list-type': listObjectsV2,
  'GET location': getLocation,
  'GET uploads': listUploads,
  'GET versions': listVersions,
};

const OBJECT_OPERATIONS: Operations = {
  GET: readObject,
  HEAD: readObject,
  PUT: writeObject,
  'PUT copy': copyObject,
  DELETE: deleteObject,
  'GET attributes': getAttributes,
  'GET tagging': getTagging,
  'PUT tagging': putTagging,
  'DELETE tagging': deleteTagging,
  'POST uploads': createUpload,
  'GET uploadId': listParts,
  'PUT uploadId': uploadPart,
  'PUT uploadId copy': uploadPartCopy,
  'POST uploadId': completeUpload,
  'DELETE uploadId': abortUpload,
};

/**
 * Every query parameter that makes another operation of a request. All of S3's are here: one that is not run must not
 * fall through, else a PUT of a retention, say, would overwrite the object.
 */
const SUBRESOURCES = new Set([
  ...['accelerate', 'acl', 'analytics', 'append', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering'],
  ...['inventory', 'legal-hold', 'lifecycle', 'list-type', 'location', 'logging', 'metadataConfiguration'],
  ...['metadataTable', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'policy', 'policyStatus'],
  ...['publicAccessBlock', 'renameObject', 'replication', 'requestPayment', 'restore', 'retention', 'select'],
  ...['session', 'tagging', 'torrent', 'uploadId', 'uploads', 'versioning', 'versions', 'website', 'abac'],
]);

/** The operation that a request asks for. @throws S3Error MethodNotAllowed, NotImplemented */
export function route(method: string, target: Target, headers: Headers): Operation {
  const subresource = [...target.query.keys()].find((name) => SUBRESOURCES.has(name));
  if (target.bucket === '') {
    if (method === 'GET' && !subresource) return listBuckets;
    throw s3Error('MethodNotAllowed');
  }
  const copy = method === 'PUT' && target.key !== '' && headers['x-amz-copy-source'] !== undefined ? 'copy' : '';
  const name = [method, subresource, copy].filter(Boolean).join(' ');
  const operation = (target.key === '' ? BUCKET_OPERATIONS : OBJECT_OPERATIONS)[name];
  if (operation) return operation;
  throw s3Error(subresource ? 'NotImplemented' : 'MethodNotAllowed', subresource && `${name} is not offered here`);
}

/** Whether an operation works on a bucket that must exist. */
export function needsBucket(operation: Operation): boolean {
  return operation !== listBuckets && operation !== createBucket;
}
