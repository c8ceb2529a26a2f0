import type { SearchDocument } from '../../core/library/search/search-document.ts';

/** A file's search document as the index carries it. Every search of the whole library reads it, so its names are short. */
type Packed = readonly [
  name: string,
  folderId: string,
  createdAt: number,
  updatedAt: number,
  /** Private 1, published 2, an image 4. */
  flags: number,
  contentType: string,
  size: number,
  createdBy: string,
  rest: Rest,
];

/** What few files have; kept under the first letters. */
interface Rest {
  readonly w?: number;
  readonly h?: number;
  readonly t?: SearchDocument['tags'];
  readonly d?: string;
  readonly m?: SearchDocument['customMetadata'];
  readonly v?: number;
  readonly k?: SearchDocument['keywords'];
  /** Milliseconds. */
  readonly a?: number;
  /** Latitude and longitude. */
  readonly p?: readonly [number, number];
  /** SHA-256, base64url. */
  readonly c?: string;
  /** With an alpha channel 1, without one 0. */
  readonly o?: 0 | 1;
}

const PRIVATE = 1;
const PUBLISHED = 2;
const IMAGE = 4;

export function packDocument(document: SearchDocument): string {
  const { name, folderId, createdAt, updatedAt, isPrivate, isPublished, fileType } = document;
  const { contentType = '', size = 0, createdBy = '', width, height, tags, description } = document;
  const flags = (isPrivate ? PRIVATE : 0) | (isPublished ? PUBLISHED : 0) | (fileType === 'image' ? IMAGE : 0);
  const rest: Rest = {
    ...(width !== undefined && height !== undefined && { w: width, h: height }),
    ...(tags && { t: tags }),
    ...(description !== undefined && { d: description }),
    ...(document.customMetadata && { m: document.customMetadata }),
    ...(document.versionCount !== undefined && { v: document.versionCount }),
    ...packSummary(document),
  };
  const times = [Date.parse(createdAt), Date.parse(updatedAt)] as const;
  const packed: Packed = [name, folderId, ...times, flags, contentType, size, createdBy, rest];
  return JSON.stringify(packed);
}

/** What is known some time after an upload. */
const packSummary = ({ keywords, takenAt, takenIn, checksum, hasAlpha }: SearchDocument): Rest => ({
  ...(keywords && { k: keywords }),
  ...(takenAt !== undefined && { a: Date.parse(takenAt) }),
  ...(takenIn && { p: [takenIn.latitude, takenIn.longitude] }),
  ...(checksum !== undefined && { c: Buffer.from(checksum, 'hex').toString('base64url') }),
  ...(hasAlpha !== undefined && { o: hasAlpha ? 1 : 0 }),
});

const unpackSummary = ({ k, a, p, c, o }: Rest) => ({
  ...(k && { keywords: k }),
  ...(a !== undefined && { takenAt: new Date(a).toISOString() }),
  ...(p && { takenIn: { latitude: p[0], longitude: p[1] } }),
  ...(c !== undefined && { checksum: Buffer.from(c, 'base64url').toString('hex') }),
  ...(o !== undefined && { hasAlpha: o === 1 }),
});

/** @param id of the file, which is the item's key */
export function unpackDocument(id: string, text: string): SearchDocument {
  const packed = JSON.parse(text) as Packed;
  const [name, folderId, createdAt, updatedAt, flags, contentType, size, createdBy, rest] = packed;
  const { w, h, t, d, m, v } = rest;
  return {
    ...{ type: 'file', id, name, folderId, contentType, size, createdBy },
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    isPrivate: (flags & PRIVATE) !== 0,
    isPublished: (flags & PUBLISHED) !== 0,
    fileType: (flags & IMAGE) === 0 ? 'non-image' : 'image',
    ...(w !== undefined && h !== undefined && { width: w, height: h }),
    ...(t && { tags: t }),
    ...(d !== undefined && { description: d }),
    ...(m && { customMetadata: m }),
    ...(v !== undefined && { versionCount: v }),
    ...unpackSummary(rest),
  };
}
