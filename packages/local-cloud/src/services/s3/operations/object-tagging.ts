import type { XmlElement } from '../../../xml.ts';
import { s3Error } from '../errors.ts';
import { checkTags, versionHeader } from '../object-headers.ts';
import { receiveDocument } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ObjectVersion, Tag } from '../store/object-version.ts';
import { xmlAnswer } from './operation.ts';

/** GetObjectTagging. */
export function getTagging(services: S3Services, request: S3Request): S3Answer {
  const version = find(services, request);
  const content = { TagSet: { Tag: version.tags.map(({ Key, Value }) => ({ Key, Value })) } };
  return xmlAnswer('Tagging', content, versionHeader(version));
}

/** PutObjectTagging. */
export async function putTagging(services: S3Services, request: S3Request): Promise<S3Answer> {
  const document = await receiveDocument(request, 'Tagging');
  const tags = checkTags((document.first('TagSet')?.all('Tag') ?? []).map(readTag));
  return { status: 200, headers: setTags(services, request, tags) };
}

/** DeleteObjectTagging. */
export function deleteTagging(services: S3Services, request: S3Request): S3Answer {
  return { status: 204, headers: setTags(services, request, []) };
}

function setTags(services: S3Services, request: S3Request, tags: Tag[]): Record<string, string> {
  const version = find(services, request);
  services.objects.setTags(version, tags);
  return versionHeader(version);
}

function find(services: S3Services, { bucket, key, query }: S3Request): ObjectVersion {
  return services.objects.require(bucket, key, query.get('versionId'));
}

function readTag(element: XmlElement): Tag {
  const Key = element.text('Key');
  if (!Key) throw s3Error('MalformedXML');
  return { Key, Value: element.text('Value') ?? '' };
}
