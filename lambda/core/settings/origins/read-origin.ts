import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { isHostPattern } from './host-pattern.ts';
import type { Origin, OriginCredentials } from './origin.ts';
import type { OriginField } from './origin-fields.ts';
import { fieldsOf, isOriginType, ORIGIN_TYPES, UNSUPPORTED_TYPES } from './origin-fields.ts';
import { bucketUrlOf } from './origin-url.ts';

export interface OriginRequest {
  readonly origin: Origin;
  readonly credentials: OriginCredentials;
}

/**
 * Reads the body of "create" or "update origin".
 * @throws origin.invalid naming the field and what it may hold, never the value: it may be a secret
 */
export function readOrigin(body: unknown, id: string): OriginRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('The body must be an object.');
  const given = body as Readonly<Record<string, unknown>>;
  const { type } = given;
  if (!isOriginType(type)) throw unknownType(type);
  const fields = fieldsOf(type);
  refuseUnknown(given, fields);
  const settings: Record<string, unknown> = { id, type };
  const credentials: Record<string, string> = {};
  for (const field of fields) {
    const value = readField(field, given[field.name]);
    if (value === undefined) continue;
    if (field.kind !== 'secret') settings[field.name] = value;
    else if (value !== '') credentials[field.name] = value as string;
  }
  const origin = settings as unknown as Origin;
  refuseContradictions(origin, credentials);
  return { origin: normal(origin), credentials };
}

function unknownType(type: unknown): Error {
  if (UNSUPPORTED_TYPES.includes(type as string)) {
    return invalid(`Origins of type ${type} are not offered here. Offered are ${ORIGIN_TYPES.join(', ')}.`);
  }
  return invalid(`type must be one of ${ORIGIN_TYPES.join(', ')}.`);
}

function refuseUnknown(given: Readonly<Record<string, unknown>>, fields: readonly OriginField[]): void {
  const names = ['type', ...fields.map(({ name }) => name)];
  // Answers have these too, and clients send back what they got.
  const unknown = Object.keys(given).filter((name) => !names.includes(name) && !['id', 'externalId'].includes(name));
  if (unknown.length === 0) return;
  throw invalid(`"${unknown[0]?.slice(0, 50)}" is not known. An origin of this type has ${names.join(', ')}.`);
}

function readField(field: OriginField, given: unknown): unknown {
  const { name, kind, fallback } = field;
  if (given === undefined || given === null) {
    if (fallback === undefined) throw invalid(`${name} is required.`);
    return fallback ?? undefined;
  }
  if (kind === 'flag') {
    if (typeof given !== 'boolean') throw invalid(`${name} must be true or false.`);
    return given;
  }
  return kind === 'hosts' ? readHosts(name, given) : readText(field, given);
}

function readText({ name, kind, fallback, holds, allowed }: OriginField, given: unknown): string | undefined {
  if (typeof given !== 'string' || /\0/.test(given)) throw invalid(`${name} must be text.`);
  const value = kind === 'secret' ? given : given.trim();
  if (value === '') {
    if (fallback === undefined) throw invalid(`${name} must not be empty.`);
    return typeof fallback === 'string' ? fallback : undefined;
  }
  if (holds && !holds(value)) throw invalid(`${name} must be ${allowed}.`);
  return value;
}

function readHosts(name: string, given: unknown): readonly string[] {
  const hosts = Array.isArray(given) ? given.map((host) => (typeof host === 'string' ? host.toLowerCase() : '')) : [];
  if (!Array.isArray(given) || hosts.length > LIMITS.originHosts || !hosts.every(isHostPattern)) {
    throw invalid(
      `${name} must be a list of at most ${LIMITS.originHosts} host names in ASCII: "images.example.com", ` +
        '"*.example.com" for all below it, or "*" for every public host.',
    );
  }
  return hosts;
}

function refuseContradictions(origin: Origin, credentials: OriginCredentials): void {
  if (Buffer.byteLength(JSON.stringify(credentials)) > LIMITS.originCredentialsBytes) {
    throw invalid(`All credentials of an origin together may have ${LIMITS.originCredentialsBytes} bytes.`);
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
