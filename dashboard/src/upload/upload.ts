/** What is uploaded: a file of this machine, or the URL of one elsewhere, which the API fetches. */
export type Source = File | string;

/** A source, and the path of the folder in the library into which it goes. */
export interface PlacedSource {
  readonly source: Source;
  readonly folder: string;
}

/**
 * `asking`: somebody has to say what becomes of it, because the library has such a file. `lost`: it was begun before the page
 * was loaded, and its bytes have to be chosen again.
 */
export type UploadState =
  | 'waiting'
  | 'sending'
  | 'asking'
  | 'paused'
  | 'lost'
  | 'done'
  | 'skipped'
  | 'failed'
  | 'cancelled';

/** What to do beside a file that the library has: a version of the file of that name, or one more file. */
export type Choice = 'version' | 'both';

/** What the library has already of a file. */
export interface Twins {
  /** Whether the folder has a file of that name. */
  readonly isNameTaken: boolean;
  /** Paths of files with the same bytes, five at most. */
  readonly sameBytes: readonly string[];
}

/** What people write once for many files. */
export interface UploadDetails {
  readonly tags: readonly string[];
  /** By the names of custom fields. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A file on its way into the library. */
export interface Upload {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  /** Bytes; undefined for what the API fetches. */
  readonly size: number | undefined;
  /** Undefined when it is lost. */
  readonly source: Source | undefined;
  /** Milliseconds since 1970, as the file says; 0 when it says nothing. */
  readonly modifiedAt: number;
  readonly folder: string;
  readonly state: UploadState;
  /** Bytes that have left. */
  readonly sent: number;
  readonly details: UploadDetails;
  /** Undefined until somebody was asked, or when there was nothing to ask. */
  readonly choice?: Choice | undefined;
  readonly twins?: Twins | undefined;
  /** The API's id of an upload in parts that was begun. */
  readonly uploadId?: string | undefined;
  /** Of the file that it became. */
  readonly fileId?: string | undefined;
  /** Why it failed. */
  readonly reason?: unknown;
}

export const NO_DETAILS: UploadDetails = { tags: [], fields: {} };

export const hasDetails = ({ tags, fields }: UploadDetails): boolean =>
  tags.length > 0 || Object.keys(fields).length > 0;

const UNDER_WAY: ReadonlySet<UploadState> = new Set(['waiting', 'sending', 'asking', 'paused', 'lost']);

/** Whether something is still to come of it, by itself or by a person. */
export const isUnderWay = ({ state }: Pick<Upload, 'state'>): boolean => UNDER_WAY.has(state);

/** A source that was added, before anything is known of it. */
export function toUpload({ source, folder }: PlacedSource, id: string): Upload {
  const about =
    typeof source === 'string'
      ? { name: nameOf(source), size: undefined, modifiedAt: 0 }
      : { name: source.name, size: source.size, modifiedAt: source.lastModified };
  return { ...about, id, source, folder, state: 'waiting', sent: 0, details: NO_DETAILS };
}

/** The last step of a URL's path, as people read it. */
function nameOf(address: string): string {
  const { pathname, hostname } = new URL(address);
  const last = pathname.split('/').filter(Boolean).at(-1);
  if (last === undefined) return hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
