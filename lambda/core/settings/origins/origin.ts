/** Where a fetched file may come from. Types and field names are those of ImageKit's API ("Origins"). */
export type OriginType = 'S3' | 'S3_COMPATIBLE' | 'WEB_FOLDER' | 'WEB_PROXY' | 'GCS' | 'AZURE_BLOB';

interface Common {
  readonly id: string;
  readonly name: string;
  readonly includeCanonicalHeader: boolean;
  readonly baseUrlForCanonicalHeader?: string;
  /** Ours: fetched files are kept in the originals bucket for some time, so that the origin is asked less. */
  readonly keepOriginals: boolean;
}

interface Bucket extends Common {
  readonly bucket: string;
  /** Folder in the bucket, without slashes around; empty for none. */
  readonly prefix: string;
}

export interface S3Origin extends Bucket {
  readonly type: 'S3';
  readonly useIAMRole: boolean;
  /** Ours, with `useIAMRole`: the role in the bucket's account. It is assumed with the origin's id as external id. */
  readonly roleArn?: string;
  /** Ours: the account that must own the bucket; else a bucket that was deleted and made anew by somebody would do. */
  readonly expectedBucketOwner?: string;
}

export interface S3CompatibleOrigin extends Bucket {
  readonly type: 'S3_COMPATIBLE';
  /** Base URL. */
  readonly endpoint: string;
  readonly s3ForcePathStyle: boolean;
}

export interface WebFolderOrigin extends Common {
  readonly type: 'WEB_FOLDER';
  readonly baseUrl: string;
  readonly forwardHostHeaderToOrigin: boolean;
}

export interface WebProxyOrigin extends Common {
  readonly type: 'WEB_PROXY';
  /** Ours: host names that may be asked; `*.example.com` means all below it, `*` every public host. */
  readonly allowedHosts: readonly string[];
}

export interface GcsOrigin extends Bucket {
  readonly type: 'GCS';
  readonly clientEmail: string;
}

export interface AzureBlobOrigin extends Common {
  readonly type: 'AZURE_BLOB';
  readonly accountName: string;
  readonly container: string;
  readonly prefix: string;
}

/** What is known of an origin beside its credentials. All of it may be shown. */
export type Origin = S3Origin | S3CompatibleOrigin | WebFolderOrigin | WebProxyOrigin | GcsOrigin | AzureBlobOrigin;

/** Secrets by the API's field names: accessKey and secretKey, privateKey, or sasToken. Empty where none is needed. */
export type OriginCredentials = Readonly<Record<string, string>>;

/** An origin as it is stored: the credentials are ciphertext of a key that only the transformer may decrypt with. */
export interface StoredOrigin {
  readonly origin: Origin;
  /** Base64; missing for an origin without credentials. */
  readonly sealed?: string;
  /** Grows by one with every change. */
  readonly revision: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An origin as the API shows it. Credentials are not part of an `Origin`, so none can be in it. */
export function originAnswer(origin: Origin): Record<string, unknown> {
  return { ...origin, ...(origin.type === 'S3' && origin.useIAMRole && { externalId: origin.id }) };
}
