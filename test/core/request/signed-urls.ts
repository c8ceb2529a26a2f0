import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EdgeKey } from '../../../lambda/core/request/signature-check.ts';

/** URLs that ImageKit's official SDKs signed, and changed ones; the clock of the SDKs stood at 1,700,000,000. */
export interface SignedUrl {
  readonly id: string;
  readonly key: string;
  readonly endpoint: string;
  readonly url: string;
  /** When it must be refused, seconds since 1970. */
  readonly now?: number;
  readonly expires?: number;
}

export const SIGNED_URLS = JSON.parse(
  readFileSync(new URL('../../fixtures/imagekit-signed-urls.json', import.meta.url), 'utf8'),
) as { readonly good: readonly SignedUrl[]; readonly bad: readonly SignedUrl[] };

/** A second at which a vector holds: all were signed at 1,700,000,000 but one, whose life was over by then. */
export const secondOf = ({ now, expires = 0 }: SignedUrl): number => now ?? Math.min(1_700_000_000, expires);

/** Raw path and query as our host gets them: the account's name, `/demo`, is in the host with us. */
export function asReceived({ url, endpoint }: SignedUrl): { path: string; query: string; prefix: string } {
  const [, location = '', query = ''] = /^https:\/\/[^/]+([^?]*)\??(.*)$/s.exec(url) ?? [];
  const prefix = /^\/demo\/(product-images)/.exec(new URL(endpoint).pathname)?.[1] ?? '';
  return { path: location.replace(/^\/demo(?=\/)/, ''), query, prefix };
}

export const hmacSha1 = (key: string, text: string): string => createHmac('sha1', key).update(text).digest('hex');

export const edgeKey = (key: string, id = 'k1', start = 0, end = 0): EdgeKey => ({ i: id, k: key, s: start, e: end });
