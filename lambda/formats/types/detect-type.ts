import type { DetectedType } from '../../core/library/file-content.ts';
import { typeBySignature } from './signatures.ts';

/** Content types of text files, which have no signature (media types as registered with IANA). */
const BY_EXTENSION = new Map(
  Object.entries({
    txt: 'text/plain',
    text: 'text/plain',
    log: 'text/plain',
    md: 'text/markdown',
    csv: 'text/csv',
    tsv: 'text/tab-separated-values',
    html: 'text/html',
    htm: 'text/html',
    css: 'text/css',
    js: 'text/javascript',
    mjs: 'text/javascript',
    json: 'application/json',
    geojson: 'application/geo+json',
    map: 'application/json',
    xml: 'application/xml',
    yaml: 'application/yaml',
    yml: 'application/yaml',
    vtt: 'text/vtt',
    srt: 'application/x-subrip',
    ics: 'text/calendar',
    vcf: 'text/vcard',
    rtf: 'application/rtf',
    gltf: 'model/gltf+json',
    obj: 'model/obj',
    m3u8: 'application/vnd.apple.mpegurl',
    mpd: 'application/dash+xml',
    webmanifest: 'application/manifest+json',
  }),
);

/** Documents that are zip or OLE containers: the signature says which container, the extension says which document. */
const CONTAINED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/zip': {
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    odt: 'application/vnd.oasis.opendocument.text',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
    odp: 'application/vnd.oasis.opendocument.presentation',
    epub: 'application/epub+zip',
    usdz: 'model/vnd.usdz+zip',
  },
  'application/x-ole-storage': {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
  },
  'video/webm': { mkv: 'video/x-matroska' },
  'application/postscript': { ai: 'application/postscript' },
};

/** TIFF is the container of many cameras' raw files, which are no pictures yet. */
const TIFF_EXTENSIONS = ['tif', 'tiff', ''];

/**
 * What may stand before the root element of an SVG, one piece at a time: white space, a declaration, a comment, a
 * doctype. One expression for all of them would try every way to share out nested comments (exponential time).
 */
const PROLOG_PIECES = [/^\s+/, /^<\?[^>]*\?>/, /^<!--(?:(?!-->)[\s\S])*-->/, /^<!DOCTYPE[^[>]*(?:\[[^\]]*\][^>]*)?>/i];

/** Bytes in which an SVG's root element must begin. */
const SVG_HEAD = 4096;

/**
 * The type of a file: binary formats by their signature, text by extension, anything else is octet-stream (ImageKit,
 * "Supported file formats"). A client's own content type is never believed.
 * @param extension lower case, without a dot
 */
export function detectType(bytes: Uint8Array, extension: string): DetectedType {
  const signed = typeBySignature(bytes);
  if (signed === 'image/tiff' && !TIFF_EXTENSIONS.includes(extension)) {
    return { contentType: 'application/octet-stream', by: 'none' };
  }
  if (signed) return { contentType: containedType(signed, extension), by: 'signature' };
  if (looksLikeSvg(bytes)) return { contentType: 'image/svg+xml', by: 'signature' };
  const contentType = BY_EXTENSION.get(extension);
  return contentType ? { contentType, by: 'extension' } : { contentType: 'application/octet-stream', by: 'none' };
}

function containedType(container: string, extension: string): string {
  const documents = CONTAINED[container];
  return (documents && Object.hasOwn(documents, extension) && documents[extension]) || container;
}

function looksLikeSvg(bytes: Uint8Array): boolean {
  let rest = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SVG_HEAD)).toString('utf8');
  if (rest.startsWith('\uFEFF')) rest = rest.slice(1);
  for (;;) {
    const piece = PROLOG_PIECES.map((form) => form.exec(rest)?.[0]).find((found) => found);
    if (!piece) return /^<(?:svg:)?svg[\s>/]/i.test(rest);
    rest = rest.slice(piece.length);
  }
}
