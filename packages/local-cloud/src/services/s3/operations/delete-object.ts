import type { XmlElement } from '../../../xml.ts';
import { writeCheck } from '../conditions.ts';
import { asS3Error, s3Error } from '../errors.ts';
import { versionHeader } from '../object-headers.ts';
import { receiveDocument } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { actorOf, xmlAnswer } from './operation.ts';

const MAX_KEYS = 1000;

/** DeleteObject. */
export function deleteObject(services: S3Services, request: S3Request): S3Answer {
  const { bucket, key, query, headers } = request;
  const check = writeCheck(headers);
  const removed = services.store.remove({
    ...{ bucket, key, versionId: query.get('versionId'), reason: 'DeleteObject', actor: actorOf(request) },
    ...(check && { check }),
    bypassesGovernance: bypassesGovernance(request),
  });
  return {
    status: 204,
    headers: { ...(removed.deleteMarker && { 'x-amz-delete-marker': 'true' }), ...versionHeader(removed) },
  };
}

/** DeleteObjects: each key by itself, so one failure leaves the others done. */
export async function deleteObjects(services: S3Services, request: S3Request): Promise<S3Answer> {
  const document = await receiveDocument(request, 'Delete');
  const objects = document.all('Object');
  if (objects.length === 0 || objects.length > MAX_KEYS) throw s3Error('MalformedXML');
  const results = objects.map((object) => deleteOne(services, request, object));
  const quiet = document.text('Quiet')?.trim().toLowerCase() === 'true';
  return xmlAnswer('DeleteResult', {
    Deleted: quiet ? [] : results.flatMap((result) => ('error' in result ? [] : [result.deleted])),
    Error: results.flatMap((result) => ('error' in result ? [result.error] : [])),
  });
}

function deleteOne(services: S3Services, request: S3Request, object: XmlElement) {
  const Key = object.text('Key');
  if (!Key) throw s3Error('MalformedXML');
  const VersionId = object.text('VersionId');
  const etag = object.text('ETag');
  const check = writeCheck({ 'if-match': etag });
  try {
    const removed = services.store.remove({
      ...{ bucket: request.bucket, key: Key, versionId: VersionId, reason: 'DeleteObject', actor: actorOf(request) },
      ...(check && { check }),
      bypassesGovernance: bypassesGovernance(request),
    });
    const marker = removed.deleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: removed.versionId } : {};
    return { deleted: { Key, VersionId, ...marker } };
  } catch (error) {
    const { code: Code, message: Message, status } = asS3Error(error);
    if (status >= 500) throw error;
    return { error: { Key, VersionId, Code, Message } };
  }
}

const bypassesGovernance = ({ headers }: S3Request): boolean =>
  headers['x-amz-bypass-governance-retention']?.toLowerCase() === 'true';
