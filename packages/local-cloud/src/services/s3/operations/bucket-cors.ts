import type { XmlElement } from '../../../xml.ts';
import type { CorsRule } from '../configuration.ts';
import { s3Error } from '../errors.ts';
import { receiveDocument } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { xmlAnswer } from './operation.ts';

/** GetBucketCors. */
export function getCors(services: S3Services, request: S3Request): S3Answer {
  const { cors } = services.buckets.require(request.bucket);
  if (cors.length === 0) throw s3Error('NoSuchCORSConfiguration');
  return xmlAnswer('CORSConfiguration', {
    CORSRule: cors.map((rule) => ({
      AllowedOrigin: rule.allowedOrigins,
      AllowedMethod: rule.allowedMethods,
      AllowedHeader: rule.allowedHeaders,
      ExposeHeader: rule.exposedHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  });
}

/** PutBucketCors. */
export async function putCors(services: S3Services, request: S3Request): Promise<S3Answer> {
  const rules = (await receiveDocument(request, 'CORSConfiguration')).all('CORSRule').map(readRule);
  if (rules.length === 0) throw s3Error('MalformedXML');
  services.buckets.change(request.bucket, { cors: rules });
  return { status: 200 };
}

/** DeleteBucketCors. */
export function deleteCors(services: S3Services, request: S3Request): S3Answer {
  services.buckets.change(request.bucket, { cors: [] });
  return { status: 204 };
}

function readRule(element: XmlElement): CorsRule {
  const texts = (name: string) => element.all(name).map((child) => child.content.trim());
  const maxAge = element.text('MaxAgeSeconds');
  const rule = {
    allowedOrigins: texts('AllowedOrigin'),
    allowedMethods: texts('AllowedMethod'),
    allowedHeaders: texts('AllowedHeader'),
    exposedHeaders: texts('ExposeHeader'),
    ...(maxAge !== undefined && { maxAgeSeconds: Number(maxAge) }),
  };
  if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0) throw s3Error('MalformedXML');
  return rule;
}
