import { LIMITS } from '../../contract/limits.ts';
import type { TypePolicy } from '../../contract/type-policies.ts';
import type { Problem } from '../kernel/problems.ts';
import { problem } from '../kernel/problems.ts';
import type { CheckImage } from '../render/check-image.ts';
import type { Content } from './asset.ts';
import { extensionOf } from './asset-path.ts';
import { declaredType, isSameType } from './declared-type.ts';

/** A content type and how it was found: `signature` is proof, `extension` a claim, `none` is octet-stream. */
export interface DetectedType {
  readonly contentType: string;
  readonly by: 'signature' | 'extension' | 'none';
}

export type DetectType = (bytes: Uint8Array, extension: string) => DetectedType;

/** Types that the renderer reads, and the extensions that promise one of them. */
const READABLE: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/avif': ['avif'],
  'image/tiff': ['tif', 'tiff'],
  'image/svg+xml': ['svg'],
};

const TOO_LARGE = `An image of more than ${LIMITS.sourceBytes} bytes is delivered as it is.`;

/** Images that are kept and delivered as they are. */
const UNREADABLE_EXTENSIONS = ['heic', 'heif', 'bmp', 'ico', 'psd', 'jxl', 'jp2'];

const IMAGE_EXTENSIONS = new Set([...Object.values(READABLE).flat(), ...UNREADABLE_EXTENSIONS]);

export interface ContentTools {
  readonly detectType: DetectType;
  readonly checkImage: CheckImage;
  /** @default correct */
  readonly typePolicy?: TypePolicy;
}

/** Bytes that tell the type of a file which is too large to be examined. */
const SIGNATURE_BYTES = 65_536;

/** Bytes from the beginning of a stored file that are read to find out what it is: all of them where they can be examined. */
export const bytesToExamine = (size: number): number =>
  size > LIMITS.sourceBytes ? SIGNATURE_BYTES : LIMITS.sourceBytes;

/**
 * Finds out what a file is, by its bytes. Unless the deployment accepts everything, a file that claims to be an image and is none is
 * refused: it would be stored and never be delivered as what its owner believes it is.
 * @param bytes all of them, or the beginning of a file that is too large to be examined
 * @param claimedType content type that the client gave, if any
 * @param size of the whole file
 * @throws upload.not-an-image, upload.broken-image for one that is damaged or cut off, or upload.type-differs
 */
export async function readContent(
  tools: ContentTools,
  bytes: Uint8Array,
  fileName: string,
  claimedType: string | undefined,
  size: number = bytes.byteLength,
): Promise<Content> {
  const found = tools.detectType(bytes, extensionOf(fileName));
  const declared = declaredType(claimedType);
  const isProven = found.by === 'signature';
  if (tools.typePolicy === 'refuse' && declared && isProven && !isSameType(declared, found.contentType)) {
    throw typeDiffers(fileName, declared, found.contentType);
  }
  const content = await contentOf(tools, bytes, fileName, { found, declared, size });
  return { ...content, ...(declared && { declaredType: declared }) };
}

interface Known {
  readonly found: DetectedType;
  readonly declared: string | undefined;
  /** Of the whole file. */
  readonly size: number;
}

async function contentOf(
  tools: ContentTools,
  bytes: Uint8Array,
  fileName: string,
  { found: { contentType, by }, declared, size }: Known,
): Promise<Content> {
  const mayDiffer = tools.typePolicy === 'accept';
  const isNamedImage = !mayDiffer && IMAGE_EXTENSIONS.has(extensionOf(fileName));
  const isSentAsImage = !mayDiffer && (declared?.startsWith('image/') ?? false);
  const claimed = isNamedImage || (!namesItself(by) && isSentAsImage);
  if (by !== 'signature' || !contentType.startsWith('image/')) {
    if (claimed) throw notAnImage(fileName);
    return { contentType, fileType: 'non-image', size };
  }
  if (!(contentType in READABLE)) return { contentType, fileType: 'non-image', size };
  if (size > bytes.byteLength) return { contentType, fileType: 'image', size, untransformable: TOO_LARGE };
  const check = await tools.checkImage(bytes);
  if (check.verdict === 'broken') {
    if (claimed || isSentAsImage) throw brokenImage(fileName, contentType, check.reason);
    return { contentType: 'application/octet-stream', fileType: 'non-image', size };
  }
  const { facts } = check;
  return {
    ...{ contentType, fileType: 'image', size },
    ...(facts && { width: facts.width, height: facts.height }),
    ...(check.verdict === 'beyond' && { untransformable: check.reason }),
  };
}

/**
 * Whether the file itself says what it is. Only then may a content type of an image be overruled: ImageKit's Android SDK
 * sends every binary file as image/png.
 */
const namesItself = (by: DetectedType['by']): boolean => by !== 'none';

function brokenImage(fileName: string, contentType: string, reason: string): Problem {
  return problem(
    'upload.broken-image',
    `"${fileName.slice(0, 100)}" (${contentType}) could never be shown; it was probably cut off on its way. ${reason}`,
  );
}

function typeDiffers(fileName: string, declared: string, found: string): Problem {
  return problem(
    'upload.type-differs',
    `"${fileName.slice(0, 100)}" was sent as ${declared}, but its bytes are ${found}. This deployment refuses such files.`,
  );
}

function notAnImage(fileName: string): Problem {
  return problem(
    'upload.not-an-image',
    `"${fileName.slice(0, 100)}" is named or sent as an image, but its bytes are not a readable one. ` +
      `Readable are ${Object.keys(READABLE).join(', ')}.`,
  );
}
