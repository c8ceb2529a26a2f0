import { admitUrl } from '../../lambda/core/delivery/admit-url.ts';
import { Problem } from '../../lambda/core/kernel/problems.ts';
import { edgeKey } from '../core/request/signed-urls.ts';
import type { Outcome } from './edge-sandbox.ts';

/** Seconds since 1970 at which URLs are judged. */
export const NOW = 1_700_000_000;
const KEYS = [
  edgeKey('dummy-key', 'now'),
  edgeKey('next-key', 'next', NOW + 60),
  edgeKey('last-key', 'last', 0, NOW - 60),
];
/** What edge and transformer are told: endpoints of every kind, with keys of yesterday, today and tomorrow. */
export const SETTINGS: Readonly<Record<string, string>> = {
  'prefix:product-images': 'shop',
  'prefix:cards': 'cards',
  'host:vault.example.com': 'vault',
  'endpoint:default': '{"paused":false}',
  'endpoint:shop': '{"paused":false}',
  'endpoint:cards': '{"paused":false,"named":true}',
  'endpoint:vault': '{"paused":false,"signed":true}',
  keys: JSON.stringify(KEYS),
};

/** A URL as the edge and the transformer get it. */
export interface Asked {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** What the edge function decides: a status, or access and endpoint. */
export function verdictOf({ statusCode, uri = '' }: Outcome): string {
  return statusCode ? String(statusCode) : uri.split('/').slice(3, 5).join(' ');
}

/** The transformer's own judgement of the same URL. */
export async function transformerVerdict(asked: Asked, now: number): Promise<string> {
  const settings = { read: async (key: string) => SETTINGS[key], invalidate: () => {} };
  try {
    const { access, endpoint } = await admitUrl({ settings, clock: () => now * 1000 }, asked);
    return `${access} ${endpoint}`;
  } catch (error) {
    if (error instanceof Problem) return String(error.status);
    throw error;
  }
}
