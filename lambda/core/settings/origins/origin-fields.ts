import { ORIGIN_ROLE_PREFIX } from '../../../contract/origin-role.ts';
import type { OriginType } from './origin.ts';

/** How a field's value is read; a rule that refuses says in `allowed` what it takes. */
export interface OriginField {
  readonly name: string;
  /** `secret`: text that goes into the credentials and is never shown. */
  readonly kind: 'text' | 'flag' | 'hosts' | 'secret';
  /** Without one the field is required. `null`: the field may be absent. */
  readonly fallback?: string | boolean | readonly string[] | null;
  readonly holds?: (value: string) => boolean;
  readonly allowed?: string;
}

const text = (name: string, rest: Omit<OriginField, 'name' | 'kind'> = {}): OriginField => ({
  name,
  kind: 'text',
  ...rest,
});
const flag = (name: string): OriginField => ({ name, kind: 'flag', fallback: false });
const secret = (name: string, rest: Omit<OriginField, 'name' | 'kind'> = {}): OriginField => ({
  name,
  kind: 'secret',
  ...rest,
});

/** A base URL: http(s), no user name, no query, no fragment. */
function isBaseUrl(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return (
    !!url &&
    ['http:', 'https:'].includes(url.protocol) &&
    !(url.username || url.password || url.search || url.hash) &&
    !/[\s\\]/.test(value)
  );
}

const BASE_URL = { holds: isBaseUrl, allowed: 'an http or https URL without user name, query and fragment' };

/** A folder inside a bucket or container; slashes around it mean nothing. */
const PREFIX = text('prefix', {
  fallback: '',
  holds: (value) => Buffer.byteLength(value) <= 500 && !/\p{Cc}|\\/u.test(value) && !/(^|\/)\.{1,2}(\/|$)/.test(value),
  allowed: 'a folder of at most 500 bytes, without control characters, backslashes and dot segments',
});

/** "Bucket naming rules": also what makes the name safe as the first label of a host. */
const S3_BUCKET = text('bucket', {
  holds: (value) => /^[a-z0-9](?:[a-z0-9-]|\.(?=[a-z0-9])){1,61}[a-z0-9]$/.test(value),
  allowed: 'the name of a bucket: 3 to 63 lower-case letters, digits, dots and dashes',
});

/** Older buckets of compatible servers have capitals and underscores. */
const ANY_BUCKET = text('bucket', {
  holds: (value) => /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){1,220}[A-Za-z0-9]$/.test(value),
  allowed: 'the name of a bucket: letters, digits, dots, dashes and underscores',
});

/** Fields of every type. */
const COMMON: readonly OriginField[] = [
  text('name', { holds: (value) => value.length <= 100, allowed: 'text of 1 to 100 characters' }),
  flag('includeCanonicalHeader'),
  text('baseUrlForCanonicalHeader', { fallback: null, ...BASE_URL }),
  flag('keepOriginals'),
];

const OWN: Readonly<Record<OriginType, readonly OriginField[]>> = {
  S3: [
    S3_BUCKET,
    PREFIX,
    flag('useIAMRole'),
    text('roleArn', {
      fallback: null,
      holds: (value) =>
        new RegExp(`^arn:aws[a-z-]*:iam::\\d{12}:role/${ORIGIN_ROLE_PREFIX}[\\w+=,.@-]{0,50}$`).test(value),
      allowed: `the ARN of a role whose name begins with "${ORIGIN_ROLE_PREFIX}"`,
    }),
    text('expectedBucketOwner', {
      fallback: null,
      holds: (value) => /^\d{12}$/.test(value),
      allowed: 'an AWS account: 12 digits',
    }),
    secret('accessKey', { fallback: '', holds: (value) => /^\w{0,128}$/.test(value), allowed: 'an access key id' }),
    secret('secretKey', { fallback: '' }),
  ],
  S3_COMPATIBLE: [
    text('endpoint', BASE_URL),
    ANY_BUCKET,
    PREFIX,
    flag('s3ForcePathStyle'),
    secret('accessKey', { holds: (value) => /^[\x21-\x7e]{1,256}$/.test(value), allowed: 'an access key id' }),
    secret('secretKey'),
  ],
  WEB_FOLDER: [text('baseUrl', BASE_URL), flag('forwardHostHeaderToOrigin')],
  WEB_PROXY: [{ name: 'allowedHosts', kind: 'hosts', fallback: [] }],
  GCS: [
    ANY_BUCKET,
    PREFIX,
    text('clientEmail', {
      holds: (value) => /^[\w.+-]{1,100}@[\w.-]{1,200}$/.test(value),
      allowed: 'the e-mail address of a service account',
    }),
    secret('privateKey', {
      holds: (value) => /^-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(value.trim()),
      allowed: 'the private key of a service account, as PEM text',
    }),
  ],
  AZURE_BLOB: [
    text('accountName', {
      holds: (value) => /^[a-z0-9]{3,24}$/.test(value),
      allowed: 'the name of a storage account: 3 to 24 lower-case letters and digits',
    }),
    text('container', {
      holds: (value) => /^(?:\$root|[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){2,62})$/.test(value),
      allowed: 'the name of a container: 3 to 63 lower-case letters, digits and single dashes',
    }),
    PREFIX,
    secret('sasToken', {
      holds: (value) => /(?:^|[?&])sig=[^&]+/.test(value) && /^[\x21-\x7e]+$/.test(value) && !value.includes('#'),
      allowed: 'a shared access signature, with its sig',
    }),
  ],
};

/** ImageKit's types that this product has no reader for. */
export const UNSUPPORTED_TYPES: readonly string[] = ['CLOUDINARY_BACKUP', 'AKENEO_PIM'];

export const ORIGIN_TYPES = Object.keys(OWN) as OriginType[];

export function fieldsOf(type: OriginType): readonly OriginField[] {
  return [...COMMON, ...OWN[type]];
}
