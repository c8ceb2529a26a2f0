import type { Actor } from '../events.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { type XmlValue, xmlDocument } from '../xml.ts';

/** One operation of the S3 API. */
export type Operation = (services: S3Services, request: S3Request) => S3Answer | Promise<S3Answer>;

export function xmlAnswer(root: string, content: XmlValue, headers: Record<string, string> = {}): S3Answer {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: xmlDocument(root, content) };
}

export function actorOf(request: S3Request): Actor {
  return { requestId: request.id, requester: request.requester, sourceIp: request.sourceIp };
}
