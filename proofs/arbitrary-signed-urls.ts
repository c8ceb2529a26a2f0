import { hmacSha1 } from '../test/core/request/signed-urls.ts';
import type { Asked } from '../test/edge/verdicts.ts';
import { pickFrom, type Random } from './random.ts';

const HOSTS = ['media.example.com', 'media.example.com', 'media.example.com', 'vault.example.com'];
const BASES = ['/', '/', '/', '//', '/product-images/', '/cards/', '/ik-seo/', '/cards/ik-seo/', '/product-images//'];
const PATHS = [
  'a.jpg',
  'b/a.jpg',
  'a%20b.jpg',
  'caf%C3%A9.jpg',
  'tr:w-1/a.jpg',
  'tr:w-1,h-%20/a.jpg',
  'tr:n-x/a.jpg',
  '%2e%2e/a',
  'a/b/c.png',
];
const QUERIES = [
  '',
  '',
  'tr=w-300',
  'tr=w-300,h-2',
  'tr=n-card',
  'tr=orig-true',
  'v=12',
  'tr=l-text,i-a%20b,l-end',
  'a=1&b=2',
  'tr=w-1%2Ch-2',
];
const EXPIRIES = [
  '',
  '',
  '',
  '1700000000',
  '1700000001',
  '1699999999',
  '1800000000',
  '170000000',
  '17000000000',
  '0',
  'x',
];
const SIGNERS = ['dummy-key', 'dummy-key', 'dummy-key', 'next-key', 'last-key', 'none', ''];

/** A URL, mostly signed, and then sometimes changed. @param places of the endpoints. @default those of `SETTINGS` */
export function arbitrarySignedUrl(random: Random, places = { hosts: HOSTS, bases: BASES }): Asked {
  const pick = (list: readonly string[]) => pickFrom(random, list);
  const [host, base, rest, query] = [pick(places.hosts), pick(places.bases), pick(PATHS), pick(QUERIES)];
  const [signer, expiry] = [pick(SIGNERS), pick(EXPIRIES)];
  const location = query ? `${rest}?${query}` : rest;
  const text = random(4) === 0 ? `${base.slice(1)}${location}` : location;
  const signature = signer && `ik-s=${hmacSha1(signer, undo(text, random(3)) + (expiry || '9999999999'))}`;
  const items = [query, signature && expiry && `ik-t=${expiry}`, signature].filter(Boolean);
  const asked = { host, path: base + rest, query: items.join('&') };
  return random(3) === 0 ? changed(asked, random) : asked;
}

/** What SDK 7 signs before the client escapes it. */
const undo = (text: string, choice: number): string => (choice === 0 ? text.replaceAll('%20', ' ') : text);

function changed({ host, path, query }: Asked, random: Random): Asked {
  const at = random(Math.max(1, query.length));
  switch (random(7)) {
    case 0:
      return { host, path, query: query.slice(0, at) + String.fromCharCode(33 + random(94)) + query.slice(at + 1) };
    case 1:
      return { host, path: `${path}x`, query };
    case 2:
      return { host, path, query: query.split('&').reverse().join('&') };
    case 3:
      return { host, path, query: `${query}&${query.split('&').at(-1)}` };
    case 4:
      return { host, path, query: query.slice(0, at) };
    case 5:
      return { host, path: path.replace('a', '%61'), query };
    default:
      return { host, path: path.replace(/^\/[^/]*/, ''), query: `&${query}&` };
  }
}
