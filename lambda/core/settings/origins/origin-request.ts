import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { Origin, OriginCredentials, OriginType } from './origin.ts';
import { fieldsOf } from './origin-fields.ts';
import { bucketUrlOf } from './origin-url.ts';

export interface OriginRequest {
  readonly origin: Origin;
  readonly credentials: OriginCredentials;
}

/** An origin as a caller asks for it: the fields of its type, each with its value or its fallback. */
export type OriginInput = { readonly type: OriginType } & Readonly<Record<string, unknown>>;

/**
 * Divides what may be shown from what is a secret.
 * @throws Problem origin.invalid naming the fields that contradict each other, never a value: it may be a secret
 */
export function toOriginRequest({ type, ...given }: OriginInput, id: string): OriginRequest {
  const settings: Record<string, unknown> = { id, type };
  const credentials: Record<string, string> = {};
  for (const { name, kind } of fieldsOf(type)) {
    const value = given[name];
    if (value === undefined) continue;
    if (kind !== 'secret') settings[name] = value;
    else if (value !== '') credentials[name] = value as string;
  }
  const origin = settings as unknown as Origin;
  refuseContradictions(origin, credentials);
  return { origin: normal(origin), credentials };
}

function refuseContradictions(origin: Origin, credentials: OriginCredentials): void {
  if (Buffer.byteLength(JSON.stringify(credentials)) > LIMITS.originCredentialsBytes) {
    throw invalid(`All credentials of an origin together may have at most ${LIMITS.originCredentialsBytes} bytes.`);
  }
  if (origin.includeCanonicalHeader && !origin.baseUrlForCanonicalHeader) {
    throw invalid('baseUrlForCanonicalHeader is required with includeCanonicalHeader.');
  }
  if (origin.type === 'S3_COMPATIBLE' && !URL.canParse(bucketUrlOf(origin))) {
    throw invalid('The bucket cannot be a part of the host of this endpoint; s3ForcePathStyle puts it into the path.');
  }
  if (origin.type !== 'S3') return;
  const keys = Number('accessKey' in credentials) + Number('secretKey' in credentials);
  if (origin.useIAMRole && (keys > 0 || !origin.roleArn)) {
    throw invalid('With useIAMRole, accessKey and secretKey stay empty and roleArn names the role to assume.');
  }
  if (!origin.useIAMRole && (keys < 2 || origin.roleArn)) {
    throw invalid('accessKey and secretKey are required, or useIAMRole with a roleArn.');
  }
}

/** One way to write what has several. */
function normal(origin: Origin): Origin {
  if ('prefix' in origin) return { ...origin, prefix: origin.prefix.replace(/^\/+|\/+$/g, '') };
  return origin;
}

const invalid = (message: string) => problem('origin.invalid', message);
