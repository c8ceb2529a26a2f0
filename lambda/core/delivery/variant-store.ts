import type { Size } from '../plan/geometry/size.ts';
import type { Remarks } from './remark-headers.ts';

/** What a stored variant is served with when no function runs. `Remarks` are kept as metadata. */
export interface VariantHeaders extends Remarks {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly contentDisposition?: string;
  /** Tags by which the CDN is purged of it, with commas between them, kept as metadata. */
  readonly cacheTags: string;
  /** `made` of `Server-Timing`, kept as metadata. */
  readonly serverTiming: string;
  /** URL of the `Link` header with the relation canonical, kept as metadata. */
  readonly canonicalUrl?: string;
  /** Value of `Vary`, kept as metadata. */
  readonly vary?: string | undefined;
  /** Width of a picture in pixels, kept as metadata. */
  readonly width?: number;
  /** Of a first answer: what a better encoding would go over, pixels, kept as metadata. */
  readonly improvablePixels?: number;
}

export interface OpenVariant {
  readonly body: ReadableStream<Uint8Array>;
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  /** When it was stored, milliseconds since 1970. */
  readonly modified: number;
}

/** A finished variant with the headers that it is stored with, names in lower case, as the CDN gets them from storage. */
export interface StoredVariant extends OpenVariant {
  readonly headers: Readonly<Record<string, string>>;
}

/** Finished variants. Keys are variant paths without the leading slash. */
export interface VariantStore {
  put(key: string, bytes: Uint8Array, headers: VariantHeaders): Promise<void>;
  /** Copies an original's bytes under a variant's key, on the server's side. */
  copyOriginal(objectKey: string, key: string, headers: VariantHeaders): Promise<void>;
  /** Copies one variant under the key of another, on the server's side. @param headers all that it is stored with */
  copy(from: string, key: string, headers: StoredVariant['headers']): Promise<void>;
  open(key: string): Promise<OpenVariant>;
  /** @returns undefined when there is none */
  find(key: string): Promise<StoredVariant | undefined>;
  remove(key: string): Promise<void>;
}

/**
 * What variants were made with beside their own asset. The key of a dependency says what it is: `asset:/logo.png`,
 * `name:thumbnail`.
 */
export interface VariantDependencies {
  /** Notes that a variant is made with something; done before the variant is stored, so that a purge never misses it. */
  record(variantKey: string, dependencies: readonly string[]): Promise<void>;
}

/** A stored variant that shows the whole file. */
export interface StoredWhole extends Size {
  /** Of the variant. */
  readonly key: string;
}

/** Which stored variants show a whole file; kept where one may stand for another. */
export interface WholePictures {
  /** @param shelf file, version, endpoint and format */
  note(shelf: string, picture: StoredWhole): Promise<void>;
  /** Some of a shelf that are about as wide: the next wider ones, and the next narrower ones. In no order; what they name may be gone. */
  near(shelf: string, width: number): Promise<readonly StoredWhole[]>;
}
