import fc from 'fast-check';
import { expect } from 'vitest';
import { signRequest } from '../packages/local-cloud/src/sigv4/sign.ts';
import { verifySignature } from '../packages/local-cloud/src/sigv4/verify.ts';
import { checkProperty } from './check-property.ts';
import type { Proof } from './proof.ts';

const now = new Date('2026-01-02T03:04:05Z');
const credentials = { accessKeyId: 'KEY', secretAccessKey: 'secret/+=' };
const secrets = new Map([[credentials.accessKeyId, credentials.secretAccessKey]]);

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const requests = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  path: fc.array(text, { maxLength: 4 }).map((parts) => `/${parts.map(encodeURIComponent).join('/')}`),
  query: fc
    .array(fc.tuple(text, text), { maxLength: 4 })
    .map((pairs) => pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')),
  headers: fc
    .tuple(fc.stringMatching(/^[a-z]{1,8}$/), text)
    .map(([name, value]) => ({ host: 'h:1', [`x-amz-meta-${name}`]: value })),
});
const services = fc.constantFrom('s3', 'lambda');

/** Signature version 4, made and verified. */
export const REQUEST_SIGNATURES: Proof<{ signed: number; changed: number }> = {
  name: 'request-signatures',
  sentence: 'What is signed for AWS is accepted whatever its path, query and headers; one changed part is refused.',
  small: { signed: 100, changed: 100 },
  full: { signed: 100_000, changed: 50_000 },
  async run({ signed, changed }, seed, report) {
    const counts = { accepted: 0, refused: 0 };
    const accepts = fc.property(requests, services, (request, service) => {
      expect(verdict(sign(request, service), service)).toMatchObject({ ok: true, accessKeyId: 'KEY' });
      report(`${++counts.accepted} of ${signed} signed requests`);
    });
    await checkProperty('what is signed is accepted', accepts, { runs: signed, seed });

    const refuses = fc.property(requests, services, text, (request, service, extra) => {
      for (const other of changedParts(sign(request, service), extra)) {
        expect(verdict(other, service).ok).toBe(false);
        counts.refused++;
      }
      report(`${counts.refused} changed requests`);
    });
    await checkProperty('one changed part of what is signed is refused', refuses, { runs: changed, seed });
    return counts;
  },
};

interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

function sign(request: SignedRequest, service: string): SignedRequest {
  const added = signRequest(request, { service, region: 'eu-west-1' }, credentials, now);
  return { ...request, headers: { ...request.headers, ...added } };
}

const verdict = (request: SignedRequest, service: string) => verifySignature(request, secrets, now, { service });

const changedParts = (signed: SignedRequest, extra: string): SignedRequest[] => [
  { ...signed, path: `${signed.path}/x${encodeURIComponent(extra)}` },
  { ...signed, query: `${signed.query}&x${encodeURIComponent(extra)}=1` },
  { ...signed, headers: { ...signed.headers, 'x-amz-extra': extra } },
  { ...signed, method: 'PATCH' },
];
