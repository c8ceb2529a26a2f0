import type { NotFetched } from '../../core/settings/origins/origin-fetcher.ts';
import type { Exchange } from '../guarded-exchange.ts';
import type { OpenBucket } from './bucket-access.ts';
import { failureOf, outcomeOf } from './fetch-object.ts';
import type { KnownRegions } from './s3-object.ts';
import { s3Request } from './s3-object.ts';

/** An object as S3 tells of it. */
export interface S3Entry {
  /** The whole key. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** ISO 8601. */
  readonly modifiedAt: string;
  readonly isArchived: boolean;
}

export interface S3Page {
  readonly outcome: 'listed';
  readonly entries: readonly S3Entry[];
  /** There are more, after the last of these. */
  readonly isCut: boolean;
}

/** Storage classes from which an object has to be restored (S3 User Guide, "Restoring an archived object"). */
const ARCHIVED: readonly string[] = ['GLACIER', 'DEEP_ARCHIVE'];

export const isArchivedIn = (storageClass: string): boolean => ARCHIVED.includes(storageClass);

/**
 * A page of a bucket's keys in their order (S3 API reference, "ListObjectsV2").
 * @param prefix of whole keys
 * @param after whole key that the page begins after; empty for the beginning
 */
export async function listS3(
  exchange: Exchange,
  { place, access }: OpenBucket,
  { prefix, after }: { readonly prefix: string; readonly after: string },
  regions: KnownRegions,
): Promise<S3Page | NotFetched> {
  const parameters = { 'encoding-type': 'url', 'list-type': '2', prefix, 'start-after': after };
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${escaped(value)}`);
  const { ask, request } = s3Request(exchange, place, access, { path: '', query: query.join('&') }, regions);
  try {
    const answer = await ask(request);
    const outcome = outcomeOf(answer);
    if (outcome.outcome !== 'found') return outcome;
    return readPage(Buffer.from(outcome.bytes).toString()) ?? { outcome: 'broken' };
  } catch (error) {
    return failureOf(error);
  }
}

const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Keys come escaped, so that the few tags that matter hold no markup. @returns undefined for another document */
function readPage(xml: string): S3Page | undefined {
  if (!/<ListBucketResult[\s>]/.test(xml)) return undefined;
  const decode = textIn(xml, 'EncodingType') === 'url' ? unescaped : (text: string) => text;
  const entries: S3Entry[] = [];
  for (const [, content = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
    const entry = readEntry(content, decode);
    if (!entry) return undefined;
    entries.push(entry);
  }
  return { outcome: 'listed', entries, isCut: textIn(xml, 'IsTruncated') === 'true' };
}

function readEntry(xml: string, decode: (text: string) => string): S3Entry | undefined {
  const modified = Date.parse(textIn(xml, 'LastModified'));
  const size = Number(textIn(xml, 'Size') || Number.NaN);
  const etag = textIn(xml, 'ETag').replace(/^"(.*)"$/, '$1');
  if (Number.isNaN(modified) || !Number.isSafeInteger(size) || etag === '') return undefined;
  return {
    key: decode(textIn(xml, 'Key')),
    ...{ size, etag, modifiedAt: new Date(modified).toISOString() },
    isArchived: isArchivedIn(textIn(xml, 'StorageClass')),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', '#34': '"' };

function textIn(xml: string, name: string): string {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  return text.replace(/&([a-z]+|#34);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}

/** As forms are escaped: a plus sign is a blank. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
