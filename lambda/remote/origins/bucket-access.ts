import type { CredentialOpener } from '../../core/settings/origins/credential-sealing.ts';
import type {
  OriginCredentials,
  S3CompatibleOrigin,
  S3Origin,
  StoredOrigin,
} from '../../core/settings/origins/origin.ts';
import { bucketUrlOf } from '../../core/settings/origins/origin-url.ts';
import type { S3Access, S3Place } from './s3-object.ts';

/** What the rights of origins come from. */
export interface BucketAccessDeps {
  readonly opener: CredentialOpener;
  /** Credentials of a role in another account; undefined when it may not be assumed. */
  readonly assumeRole: (roleArn: string, externalId: string) => Promise<S3Access | undefined>;
  readonly endpoints: {
    /** Region in which a bucket of S3 is looked for first; a bucket elsewhere says where. */
    readonly region: string;
    /** Base URL of a bucket of S3. */
    readonly s3: (bucket: string) => string;
  };
}

/** A bucket, and with what it is asked. */
export interface OpenBucket {
  readonly place: S3Place;
  readonly access: S3Access;
}

/** Region for which requests are signed when nobody says one. */
const ANY_REGION = 'us-east-1';

/** @returns undefined when the origin's role may not be assumed */
export async function openBucket(
  deps: BucketAccessDeps,
  stored: StoredOrigin,
  origin: S3Origin | S3CompatibleOrigin,
): Promise<OpenBucket | undefined> {
  if (origin.type === 'S3_COMPATIBLE') {
    return { place: compatiblePlace(origin), access: keysOf(await credentialsOf(deps, stored)) };
  }
  const access = origin.roleArn
    ? await deps.assumeRole(origin.roleArn, origin.id)
    : keysOf(await credentialsOf(deps, stored));
  return access && { place: placeInS3(deps, origin), access };
}

const placeInS3 = ({ endpoints }: BucketAccessDeps, origin: S3Origin): S3Place => ({
  bucketUrl: endpoints.s3(origin.bucket),
  prefix: origin.prefix,
  region: endpoints.region,
  // The role's own account unless the owner says another one.
  owner: origin.expectedBucketOwner ?? origin.roleArn?.split(':')[4],
});

function compatiblePlace(origin: S3CompatibleOrigin): S3Place {
  const { endpoint, prefix } = origin;
  return { bucketUrl: bucketUrlOf(origin), prefix, region: regionIn(new URL(endpoint).hostname) };
}

/** Servers that check the region name it in their host: `s3.eu-central-1.wasabisys.com`. The others take any. */
function regionIn(host: string): string {
  return /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(host)?.[1] ?? ANY_REGION;
}

/** @returns none for an origin without credentials */
export async function credentialsOf(
  { opener }: Pick<BucketAccessDeps, 'opener'>,
  { origin, sealed }: StoredOrigin,
): Promise<OriginCredentials> {
  return sealed === undefined ? {} : opener.open(origin.id, sealed);
}

const keysOf = ({ accessKey = '', secretKey = '' }: OriginCredentials): S3Access => ({
  accessKeyId: accessKey,
  secretAccessKey: secretKey,
});
