import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { verifySignature } from 'local-cloud/signatures';
import { afterEach, expect, test } from 'vitest';
import { roleAssumer } from '../../../lambda/adapters/origin-access/assume-role.ts';
import type { WebServer } from '../../remote/web-server.ts';
import { startWebServer } from '../../remote/web-server.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

/* A Security Token Service that verifies the signature, and a trust policy with an external id. */
const ROLE = 'arn:aws:iam::111111111111:role/vitrine-origin-a';
let server: WebServer;

afterEach(() => server.close());

async function start() {
  server = await startWebServer(async (request, response) => {
    const body = await buffer(request);
    const form = new URLSearchParams(body.toString());
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    const parts = { method: 'POST', path: '/', query: '', headers: request.headers, bodySha256 };
    const principals = new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]);
    const { ok } = verifySignature(parts, principals, new Date(), { service: 'sts' });
    const trusted =
      form.get('Action') === 'AssumeRole' && form.get('RoleArn') === ROLE && form.get('ExternalId') === 'one';
    if (!ok || !trusted) return void response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
    response.end(`<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>
      <SecretAccessKey>secret/+=</SecretAccessKey><SessionToken>token</SessionToken></Credentials>
      </AssumeRoleResult></AssumeRoleResponse>`);
  });
  return {
    AWS_REGION: TEST_REGION,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_STS: server.url,
  };
}

// AUTHZ-012.
test('a role is assumed with the external id, and remembered for most of its session', async () => {
  let now = 0;
  const assume = roleAssumer(await start(), () => now);

  expect(await assume(ROLE, 'one')).toEqual({
    accessKeyId: 'ASIA',
    secretAccessKey: 'secret/+=',
    sessionToken: 'token',
  });
  await assume(ROLE, 'one');
  expect(server.seen).toHaveLength(1);
  now = 780_001;
  await assume(ROLE, 'one');
  expect(server.seen).toHaveLength(2);
  // The clock was put back: nobody knows how old the session is.
  now -= 3_600_000;
  await assume(ROLE, 'one');
  expect(server.seen).toHaveLength(3);
});

test('a role that does not trust us is none, and is asked for again', async () => {
  const assume = roleAssumer(await start());

  expect(await assume(ROLE, 'another id')).toBeUndefined();
  expect(await assume(`${ROLE}b`, 'one')).toBeUndefined();
  expect(await assume(ROLE, 'another id')).toBeUndefined();
  expect(server.seen).toHaveLength(3);
});
