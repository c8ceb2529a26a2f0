import type { LargeUpload } from '../store/large-upload-record.ts';

/** A part that is stored. */
export interface StoredPart {
  readonly number: number;
  readonly size: number;
  /** SHA-256 of its bytes, base64. */
  readonly sha256: string;
  /** The storage's name for these bytes. */
  readonly etag: string;
}

/** A part that is to be sent. */
export interface PartToSign {
  readonly number: number;
  readonly size: number;
  /** SHA-256 of its bytes, base64. */
  readonly sha256: string;
}

/** Leave to PUT the bytes of one part: these bytes and no others. */
export interface SignedPart {
  readonly number: number;
  readonly url: string;
  /** To be sent with it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Leave to POST one file in a form: the fields first, then the file as `file`. */
export interface SignedForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface ObjectBeginning {
  readonly bytes: Uint8Array;
  /** Of the whole object. */
  readonly size: number;
}

type StoredUpload = Pick<LargeUpload, 'objectKey' | 'storageId'>;

/** Originals that are sent to the storage in parts. */
export interface OriginalParts {
  /** @returns the storage's id of the upload */
  begin(objectKey: string): Promise<string>;
  /** Of the URLs to which parts are sent. */
  origin(): Promise<string>;
  sign(upload: StoredUpload, part: PartToSign): Promise<SignedPart>;
  /** By number. @returns undefined when the storage has no such upload any more: it was joined, or ended */
  list(upload: StoredUpload): Promise<readonly StoredPart[] | undefined>;
  /** Makes one object of the parts. @returns false when the storage has no such upload any more */
  join(upload: StoredUpload & Pick<LargeUpload, 'size'>, parts: readonly StoredPart[]): Promise<boolean>;
  /** Drops the parts. Twice is once. */
  abort(upload: StoredUpload): Promise<void>;
  /** At most so many bytes from an object's beginning. @returns undefined when there is no such object */
  readBeginning(objectKey: string, bytes: number): Promise<ObjectBeginning | undefined>;
  /**
   * Signs a form for the bytes of an upload, 1 to `maximumBytes` of them, which the storage itself refuses to exceed. It can be sent
   * again until its seconds are over.
   */
  signForm(versionId: string, maximumBytes: number, seconds: number): Promise<SignedForm>;
  /**
   * Gives what a form brought the key at which it stays. What is there already stays: bytes of the same form that come later are
   * dropped. Without bytes it does nothing.
   * @param upload with as many bytes as it has, or may have
   * @throws Problem busy while another call does the same, or when the storage takes too long
   */
  keepForm(upload: Pick<LargeUpload, 'versionId' | 'objectKey' | 'size'>): Promise<void>;
}
