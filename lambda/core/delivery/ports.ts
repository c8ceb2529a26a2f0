import type { PathRecord, StoredContent } from '../library/asset.ts';
import type { Plan } from '../plan/plan.ts';
import type { FormatClass } from '../request/format-class.ts';

/** Finds what is delivered under a path. The read is consistent: it also decides whether a variant is still current. */
export interface AssetFinder {
  find(path: string): Promise<PathRecord | undefined>;
  /** The bytes of one version of an asset. */
  findVersion(assetId: string, versionId: string): Promise<StoredContent | undefined>;
}

/** The bytes of originals. */
export interface OriginalReader {
  /** @throws when there is no such object or it is larger than `maximumBytes`: the record said otherwise */
  read(objectKey: string, maximumBytes: number): Promise<Uint8Array>;
}

/** What a stored variant is served with when no function runs. */
export interface VariantHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly contentDisposition?: string;
  /** Value of `Server-Timing`, kept as metadata. */
  readonly serverTiming: string;
  /** URL of the `Link` header with the relation canonical, kept as metadata. */
  readonly canonicalUrl?: string;
  /** Width of a picture in pixels, kept as metadata. */
  readonly width?: number;
}

export interface OpenVariant {
  readonly body: ReadableStream<Uint8Array>;
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
}

/** Finished variants. Keys are variant paths without the leading slash. */
export interface VariantStore {
  put(key: string, bytes: Uint8Array, headers: VariantHeaders): Promise<void>;
  /** Copies an original's bytes under a variant's key, on the server's side. */
  copyOriginal(objectKey: string, key: string, headers: VariantHeaders): Promise<void>;
  open(key: string): Promise<OpenVariant>;
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

/** Milliseconds from an arbitrary origin, for durations. */
export type Stopwatch = () => number;

/** A finished picture. */
export interface RenderedImage {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Also the extension under which it is saved. */
  readonly format: string;
  /** Of one frame, pixels. */
  readonly width: number;
  /** Encodes the same picture again, slower and better. Missing when it is as good as it gets. */
  readonly improve?: () => Promise<Uint8Array>;
}

/** Part of a picture, upright, in pixels. */
export interface FocusArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Leaves out of an SVG what runs or loads. @throws Problem of a source.* or render.* code */
export type SanitiseSvg = (source: Uint8Array) => Promise<Uint8Array>;

/** Carries out a plan. @throws Problem of a transformation.*, source.* or render.* code */
export type RenderImage = (
  source: Uint8Array,
  plan: Plan,
  accepts: FormatClass,
  load: (path: string) => Promise<Uint8Array>,
  focusArea?: FocusArea,
) => Promise<RenderedImage>;
