import { type CredentialScope, signText } from '../../sigv4/canonical-request.ts';
import { MalformedClaim, readCredential } from '../../sigv4/claim.ts';
import { sameText } from '../../sigv4/verify.ts';
import type { S3Principal } from './configuration.ts';
import { s3Error } from './errors.ts';

/** Fields of a browser form, names in lower case, without the file. */
export type FormFields = Readonly<Record<string, string>>;

/** How many bytes the file may have. */
export interface SizeLimits {
  readonly minimum: number;
  readonly maximum: number;
}

interface Policy {
  readonly expiration: number;
  readonly conditions: readonly Condition[];
}

type Condition =
  | { readonly operator: 'eq' | 'starts-with'; readonly field: string; readonly value: string }
  | ({ readonly operator: 'content-length-range' } & SizeLimits);

/** Fields that no condition need allow (S3 API reference, "Creating a POST policy"). */
const FREE_FIELDS = ['policy', 'x-amz-signature', 'file', 'bucket'];

/**
 * Checks the signature and the policy of a browser form, everything but the size of the file.
 *
 * @param fields the bucket among them
 * @throws S3Error AccessDenied, SignatureDoesNotMatch, InvalidAccessKeyId, MalformedPOSTRequest
 */
export function checkPostPolicy(
  fields: FormFields,
  principals: ReadonlyMap<string, S3Principal>,
  now: Date,
): { readonly requester: S3Principal; readonly size: SizeLimits } {
  const requester = checkSignature(fields, principals);
  const policy = readPolicy(fields.policy ?? '');
  if (policy.expiration <= now.getTime()) throw denied('Policy expired.');
  for (const condition of policy.conditions) checkCondition(condition, fields);
  refuseExtraFields(fields, policy.conditions);
  const ranges = policy.conditions.filter((condition) => condition.operator === 'content-length-range');
  return {
    requester,
    size: {
      minimum: Math.max(0, ...ranges.map((range) => range.minimum)),
      maximum: Math.min(Infinity, ...ranges.map((range) => range.maximum)),
    },
  };
}

function checkSignature(fields: FormFields, principals: ReadonlyMap<string, S3Principal>): S3Principal {
  if (!fields.policy || !fields['x-amz-signature']) throw s3Error('AccessDenied');
  if (fields['x-amz-algorithm'] !== 'AWS4-HMAC-SHA256') throw s3Error('AccessDenied', 'Only AWS4-HMAC-SHA256 is known');
  const { accessKeyId, scope } = credentialOf(fields);
  const principal = principals.get(accessKeyId);
  if (!principal) throw s3Error('InvalidAccessKeyId');
  if (scope.service !== 's3' || !fields['x-amz-date']?.startsWith(scope.date)) throw s3Error('SignatureDoesNotMatch');
  const expected = signText(fields.policy, scope, principal.secretAccessKey);
  if (!sameText(expected, fields['x-amz-signature'])) throw s3Error('SignatureDoesNotMatch');
  return principal;
}

function credentialOf(fields: FormFields): { accessKeyId: string; scope: CredentialScope } {
  try {
    return readCredential(fields['x-amz-credential'] ?? '');
  } catch (error) {
    throw error instanceof MalformedClaim ? s3Error('AccessDenied', error.message) : error;
  }
}

function readPolicy(base64: string): Policy {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(base64, 'base64').toString());
  } catch {
    throw denied('Invalid JSON.');
  }
  const { expiration, conditions } = (document ?? {}) as { expiration?: unknown; conditions?: unknown };
  const time = typeof expiration === 'string' ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(time) || !Array.isArray(conditions)) throw denied('Expiration and conditions are required.');
  return { expiration: time, conditions: conditions.flatMap(readCondition) };
}

function readCondition(condition: unknown): Condition[] {
  if (Array.isArray(condition)) return [readListedCondition(condition)];
  if (typeof condition !== 'object' || condition === null) throw denied('Invalid condition.');
  return Object.entries(condition).map(([field, value]) => ({
    operator: 'eq',
    field: field.toLowerCase(),
    value: String(value),
  }));
}

function readListedCondition([operator, first, second]: unknown[]): Condition {
  const name = String(operator).toLowerCase();
  if (name === 'content-length-range') {
    const [minimum, maximum] = [Number(first), Number(second)];
    if (!Number.isInteger(minimum) || !Number.isInteger(maximum)) throw denied('Invalid content-length-range.');
    return { operator: name, minimum, maximum };
  }
  if ((name !== 'eq' && name !== 'starts-with') || typeof first !== 'string' || !first.startsWith('$')) {
    throw denied(`Invalid condition: ${JSON.stringify([operator, first, second])}`);
  }
  return { operator: name, field: first.slice(1).toLowerCase(), value: String(second) };
}

function checkCondition(condition: Condition, fields: FormFields): void {
  if (condition.operator === 'content-length-range') return;
  const { operator, field, value } = condition;
  const given = fields[field] ?? '';
  if (operator === 'eq' ? given === value : given.startsWith(value)) return;
  throw denied(`Policy Condition failed: ${JSON.stringify([operator, `$${field}`, value])}`);
}

/** Else whoever has a form could add, say, metadata or a storage class that its maker did not think of. */
function refuseExtraFields(fields: FormFields, conditions: readonly Condition[]): void {
  const allowed = new Set(conditions.map((condition) => ('field' in condition ? condition.field : '')));
  const extra = Object.keys(fields).find(
    (name) => !allowed.has(name) && !FREE_FIELDS.includes(name) && !name.startsWith('x-ignore-'),
  );
  if (extra) throw denied(`Extra input fields: ${extra}`);
}

function denied(reason: string): Error {
  return s3Error('AccessDenied', `Invalid according to Policy: ${reason}`);
}
