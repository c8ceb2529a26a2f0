import { focusAreaOf } from '../delivery/focus-area.ts';
import type { RenderImage } from '../delivery/render-image.ts';
import { problem } from '../kernel/problems.ts';
import type { StoredContent } from '../library/asset.ts';
import type { EmbeddedMetadata } from '../library/store/embedded-metadata.ts';
import type { DescribedImage } from '../library/upload-file.ts';
import type { ExaminedImage } from '../render/source/examine.ts';
import type { LookupDeps } from './media-lookup.ts';
import { findOriginal, lookUp, readOriginal } from './media-lookup.ts';

/** ImageKit, "Get image metadata"; `frames`, `dominantColor`, `blurhash`, `thumbhash` and `iptc` are ours. */
export interface ImageMetadata {
  readonly height: number;
  readonly width: number;
  /** Bytes. */
  readonly size: number;
  readonly format: string;
  readonly hasColorProfile: boolean;
  /** Of a JPEG, 1..100; 0 when unknown. */
  readonly quality: number;
  readonly density: number;
  readonly hasTransparency: boolean;
  readonly frames: number;
  /** 64 bits in hexadecimal. */
  readonly pHash?: string;
  /** `#rrggbb`. */
  readonly dominantColor?: string;
  readonly blurhash?: string;
  /** Base64. */
  readonly thumbhash?: string;
  readonly exif?: Readonly<Record<string, unknown>>;
  readonly iptc?: Readonly<Record<string, unknown>>;
}

export type ExamineImage = (source: Uint8Array) => Promise<ExaminedImage>;
/** What is embedded in a picture, by ExifTool's names. */
export type ReadEmbedded = (image: ExaminedImage) => EmbeddedMetadata;
export type DescribeImage = (source: Uint8Array, image: ExaminedImage) => ImageMetadata;

export interface MetadataDeps extends LookupDeps {
  readonly findAsset: (assetId: string) => Promise<StoredContent | undefined>;
  readonly render: RenderImage;
  readonly examine: ExamineImage;
  readonly describe: DescribeImage;
}

/** Metadata of a file. @throws Problem asset.unknown, source.* */
export async function metadataOfFile(deps: MetadataDeps, fileId: string): Promise<ImageMetadata> {
  const asset = /^[0-9a-f]{24}$/.test(fileId) ? await deps.findAsset(fileId) : undefined;
  if (!asset) throw problem('asset.unknown', 'No file has this fileId.');
  return describe(deps, await readOriginal(deps, asset));
}

/**
 * Metadata of what a URL shows: of the file itself when the URL does not transform it, else of the result.
 * @throws Problem as a request for the URL would be refused, and url.foreign
 */
export async function metadataOfUrl(deps: MetadataDeps, address: string): Promise<ImageMetadata> {
  const { url, plan } = await lookUp(deps, address);
  const asset = await findOriginal(deps, url.assetPath);
  const source = await readOriginal(deps, asset);
  if (plan.original || url.steps.length === 0) return describe(deps, source);
  const load = async (path: string) => readOriginal(deps, await findOriginal(deps, path));
  const { bytes } = await deps.render(source, plan, 'plain', load, focusAreaOf(asset));
  return describe(deps, bytes);
}

export interface DescriberDeps extends Pick<MetadataDeps, 'examine' | 'describe'> {
  readonly readEmbedded: ReadEmbedded;
}

/** Metadata of the bytes of a file, and what is embedded in them. @throws Problem of a source.* code */
export function contentDescriber({ examine, describe: describeImage, readEmbedded }: DescriberDeps) {
  return async (bytes: Uint8Array): Promise<DescribedImage> => {
    const image = await examine(bytes);
    return { metadata: describeImage(bytes, image), embedded: readEmbedded(image) };
  };
}

async function describe(deps: MetadataDeps, bytes: Uint8Array): Promise<ImageMetadata> {
  return deps.describe(bytes, await deps.examine(bytes));
}
