import { sha256, verifySignature } from 'local-cloud/signatures';
import { expect, test } from 'vitest';
import { sigv4Signer } from '../../../lambda/adapters/signed-http/sigv4.lean.ts';

/** AWS, "Signature Version 4 test suite": credentials, moment and scope of all its cases. */
const AWS_EXAMPLE = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
};
const AWS_MOMENT = new Date('2015-08-30T12:36:00Z');

test.each([
  ['get-vanilla', 'GET', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  ['post-vanilla', 'POST', {}, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
] as const)('the test suite of AWS: %s', (_, method, headers, signature) => {
  const sign = sigv4Signer(AWS_EXAMPLE);

  const signed = sign({ method, host: 'example.amazonaws.com', path: '/', headers }, AWS_MOMENT);

  expect(signed.authorization).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      `SignedHeaders=host;x-amz-date, Signature=${signature}`,
  );
});

test.each([
  ['s3', 'GET', '/b/%C3%A9/a%2Bb//%281%29/..', {}, undefined],
  ['s3', 'PUT', '/b/k', { 'content-type': 'a/b', 'x-amz-meta-n': '  two   words ' }, 'text'],
  ['dynamodb', 'POST', '/', { 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '{"é":1}'],
] as const)('the verifier of the local cloud accepts %s %s %s', (service, method, path, headers, body) => {
  const at = new Date();
  const sign = sigv4Signer({ ...AWS_EXAMPLE, region: 'eu-west-1', service, sessionToken: 'a/token=' });
  const request = { method, host: '127.0.0.1:9', path, headers, body };

  const signed = sign(request, at);

  const secrets = new Map([[AWS_EXAMPLE.accessKeyId, AWS_EXAMPLE.secretAccessKey]]);
  const bodySha256 = sha256(body ?? '');
  const verify = (headers: Record<string, string>) =>
    verifySignature({ method, path, query: '', headers, bodySha256 }, secrets, at, { service });
  expect(verify(signed)).toMatchObject({ ok: true });
  expect(verify({ ...signed, host: 'other' })).toMatchObject({ ok: false });
});

test('the key of a day is not used for the next', () => {
  const sign = sigv4Signer(AWS_EXAMPLE);
  const request = { method: 'GET', host: 'example.amazonaws.com', path: '/', headers: {} };
  const other = new Date('2015-08-31T00:00:00Z');

  sign(request, AWS_MOMENT);

  expect(sign(request, other)).toEqual(sigv4Signer(AWS_EXAMPLE)(request, other));
  expect(sign(request, AWS_MOMENT)).toEqual(sigv4Signer(AWS_EXAMPLE)(request, AWS_MOMENT));
});
