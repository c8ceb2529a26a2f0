import { describe, expect, it } from 'vitest';
import { knownHosts } from '../../../src/services/cloudfront/known-hosts.ts';

const isKnown = knownHosts(['media.example.com', '*.pictures.example']);

describe('a distribution', () => {
  it.each(['localhost', 'localhost:4000', 'LOCALHOST', 'media.localhost:4000', '127.0.0.1:80', '[::1]:4000'])(
    'takes %s as its own domain name',
    (host) => expect(isKnown(host)).toBe(true),
  );

  it.each(['media.example.com', 'Media.Example.com:443', 'a.pictures.example'])('takes its alias %s', (host) =>
    expect(isKnown(host)).toBe(true),
  );

  it.each([
    undefined,
    '',
    'x',
    'example.com',
    'other.example.com',
    'pictures.example',
    'a.b.pictures.example',
    'localhost.evil.test',
    'evil-localhost',
    '127.0.0.1.evil.test',
  ])('does not know %s', (host) => expect(isKnown(host)).toBe(false));
});
