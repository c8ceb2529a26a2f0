import type { Problem } from '../kernel/problems.ts';
import { problem } from '../kernel/problems.ts';
import type { CheckImage } from '../render/check-image.ts';
import type { Content } from './asset.ts';
import { extensionOf } from './asset-path.ts';

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

/** Images that are kept and delivered as they are. */
const UNREADABLE_EXTENSIONS = ['heic', 'heif', 'bmp', 'ico', 'psd', 'jxl', 'jp2'];

const IMAGE_EXTENSIONS = new Set([...Object.values(READABLE).flat(), ...UNREADABLE_EXTENSIONS]);

export interface ContentTools {
  readonly detectType: DetectType;
  readonly checkImage: CheckImage;
}

/**
 * Finds out what a file is, by its bytes. A file that claims to be an image and is none is refused: it would be stored
 * and never be delivered as what its owner believes it is.
 * @param claimedType content type that the client gave, if any
 * @throws upload.not-an-image, or upload.broken-image for one that is damaged or cut off
 */
export async function readContent(
  tools: ContentTools,
  bytes: Uint8Array,
  fileName: string,
  claimedType: string | undefined,
): Promise<Content> {
  const extension = extensionOf(fileName);
  const { contentType, by } = tools.detectType(bytes, extension);
  const claimed = IMAGE_EXTENSIONS.has(extension) || (!namesItself(by) && (claimedType?.startsWith('image/') ?? false));
  const size = bytes.byteLength;
  if (by !== 'signature' || !contentType.startsWith('image/')) {
    if (claimed) throw notAnImage(fileName);
    return { contentType, fileType: 'non-image', size };
  }
  if (!(contentType in READABLE)) return { contentType, fileType: 'non-image', size };
  const check = await tools.checkImage(bytes);
  if (check.verdict === 'broken') {
    if (claimed || claimedType?.startsWith('image/')) throw brokenImage(fileName, contentType, check.reason);
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

function notAnImage(fileName: string): Problem {
  return problem(
    'upload.not-an-image',
    `"${fileName.slice(0, 100)}" is named or sent as an image, but its bytes are not a readable one. ` +
      `Readable are ${Object.keys(READABLE).join(', ')}.`,
  );
}
