import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signRequest } from '../../src/sigv4/sign.ts';
import { verifySignature } from '../../src/sigv4/verify.ts';

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

it('what is signed is accepted, whatever the path, query and headers', () => {
  fc.assert(
    fc.property(requests, services, (request, service) => {
      const added = signRequest(request, { service, region: 'eu-west-1' }, credentials, now);
      const signed = { ...request, headers: { ...request.headers, ...added } };

      expect(verifySignature(signed, secrets, now, { service })).toMatchObject({ ok: true, accessKeyId: 'KEY' });
    }),
  );
});

it('one changed part of what is signed is refused', () => {
  fc.assert(
    fc.property(requests, services, text, (request, service, extra) => {
      const added = signRequest(request, { service, region: 'eu-west-1' }, credentials, now);
      const signed = { ...request, headers: { ...request.headers, ...added } };
      const changed = [
        { ...signed, path: `${signed.path}/x${encodeURIComponent(extra)}` },
        { ...signed, query: `${signed.query}&x${encodeURIComponent(extra)}=1` },
        { ...signed, headers: { ...signed.headers, 'x-amz-extra': extra } },
        { ...signed, method: 'PATCH' },
      ];

      for (const request of changed) expect(verifySignature(request, secrets, now, { service }).ok).toBe(false);
    }),
  );
});
