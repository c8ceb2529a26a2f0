import type { XmlValue } from '../../../xml.ts';
import type { Actor } from '../events.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { s3Document } from '../xml.ts';

/** One operation of the S3 API. */
export type Operation = (services: S3Services, request: S3Request) => S3Answer | Promise<S3Answer>;

export function xmlAnswer(root: string, content: XmlValue, headers: Record<string, string> = {}): S3Answer {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: s3Document(root, content) };
}

export function actorOf(request: S3Request): Actor {
  return { requestId: request.id, requester: request.requester, sourceIp: request.sourceIp };
}
