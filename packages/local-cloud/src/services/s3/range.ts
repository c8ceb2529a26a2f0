import { s3Error } from './errors.ts';
import type { ByteRange } from './store/blob-folder.ts';

/**
 * Reads a Range header (RFC 9110, section 14). What is not one valid range of bytes is passed over, as S3 does: then the
 * whole object is the answer.
 *
 * @throws S3Error InvalidRange when no byte of the object is in the range
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, from, to] = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last) throw s3Error('InvalidRange', undefined, { 'content-range': `bytes */${size}` });
  return { first, last };
}
