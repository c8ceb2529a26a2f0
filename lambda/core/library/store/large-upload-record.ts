/**
 * An upload in parts that its client sends to the storage itself. The record stays for its whole life, also when the
 * upload was completed: a client that lost the answer asks again.
 */
export interface LargeUpload {
  /** Of the version that it makes; the upload's id for its client. */
  readonly versionId: string;
  /** The storage's own id of the upload. */
  readonly storageId: string;
  readonly objectKey: string;
  readonly folder: string;
  readonly name: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Bytes of every part but the last. */
  readonly partSize: number;
  readonly responseFields: readonly string[];
  readonly createdAt: string;
  /** Seconds since 1970; DynamoDB's time to live. */
  readonly expiresAt: number;
}
