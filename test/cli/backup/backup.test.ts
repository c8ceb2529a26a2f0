import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { backup } from '../../../cli/backup/backup.ts';
import { WrongCall } from '../../../cli/wrong-call.ts';
import * as context from '../../../lib/vitrine-context.ts';

const ACCOUNT = '444455556666';
const destinations = { 'eu-west-1': { bucket: 'acme-backup', account: '111122223333' } };

interface Asked {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/* Nobody but AWS has an S3 Control: this server takes the SDK's calls as they are on the wire, and answers as its reference says. */
const JOB = '6a9b4c0e-1f2d-4e3a-9c57-0b8f6d2e1a44';
let asked: Asked[];
let refusal: string | undefined;

const fake = createServer(async (request, response) => {
  asked.push({ path: request.url, headers: request.headers, body: await textOf(request) });
  const answer = refusal
    ? `<ErrorResponse><Error><Code>InvalidRequest</Code><Message>${refusal}</Message></Error></ErrorResponse>`
    : `<CreateJobResult><JobId>${JOB}</JobId></CreateJobResult>`;
  response.writeHead(refusal ? 400 : 200, { 'content-type': 'application/xml' }).end(answer);
});

beforeAll(async () => {
  fake.listen(0, '127.0.0.1');
  await once(fake, 'listening');
});

afterAll(() => void fake.close());

/** The account stands before the host's name, and every such name is this machine. */
function clientOfFake(region: string): S3ControlClient {
  const httpAgent = new Agent({
    lookup: (_, { all }, found) =>
      all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
  });
  return new S3ControlClient({
    ...{ region, endpoint: `http://localhost:${(fake.address() as AddressInfo).port}`, maxAttempts: 1 },
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: { httpAgent },
  });
}

beforeEach(() => {
  asked = [];
  refusal = undefined;
  vi.spyOn(context, 'projectContext').mockReturnValue({ vitrine: { backup: { destinations } } });
});

async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const code = await backup(args, (text) => void printed.push(text), undefined, clientOfFake);
  return { code, text: printed.join('') };
}

it('prints the policy of the bucket as a file for its owner', async () => {
  const { code, text } = await run('policy', '--account', ACCOUNT);

  expect(code).toBe(0);
  expect(JSON.parse(text).Statement[0]).toMatchObject({
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/vitrine-backup-eu-west-1` },
    Resource: ['arn:aws:s3:::acme-backup/media/*', 'arn:aws:s3:::acme-backup/records/*'],
  });
});

it('prints when records end in the bucket', async () => {
  const { code, text } = await run('lifecycle');

  expect(code).toBe(0);
  expect(JSON.parse(text).Rules[0]).toMatchObject({
    Filter: { Prefix: 'records/v1/changes/' },
    Expiration: { Days: 35 },
  });
});

describe('a job of S3 Batch Replication', () => {
  it('is made for what was never replicated or failed, under the role of the replication, and waits', async () => {
    const { code, text } = await run('start', '--account', ACCOUNT, '--originals', 'vitrine-originals');

    expect(code).toBe(0);
    expect(text).toContain(`S3 has the job ${JOB}, which waits.`);
    const [{ path, headers, body }] = asked as [Asked];
    expect([path, headers['x-amz-account-id']]).toEqual(['/v20180820/jobs', ACCOUNT]);
    expect(headers.authorization).toContain('/eu-west-1/s3/aws4_request');
    for (const part of [
      '<ConfirmationRequired>true</ConfirmationRequired>',
      '<S3ReplicateObject></S3ReplicateObject>',
      '<SourceBucket>arn:aws:s3:::vitrine-originals</SourceBucket>',
      '<EligibleForReplication>true</EligibleForReplication>',
      '<member>NONE</member><member>FAILED</member>',
      `<RoleArn>arn:aws:iam::${ACCOUNT}:role/vitrine-backup-eu-west-1</RoleArn>`,
    ]) {
      expect(body.replace(/<(\w+)\/>/g, '<$1></$1>')).toContain(part);
    }
  });

  it('runs at once when that is confirmed', async () => {
    const { text } = await run('start', '--account', ACCOUNT, '--originals', 'vitrine-originals', '--confirm');

    expect(text).toBe(`S3 replicates by the job ${JOB}.\n`);
    expect(asked[0]?.body).toContain('<ConfirmationRequired>false</ConfirmationRequired>');
  });

  it('that S3 refuses is told in its words', async () => {
    refusal = 'The role cannot be assumed.';

    await expect(run('start', '--account', ACCOUNT, '--originals', 'vitrine-originals')).rejects.toThrow(
      'S3 makes no job: The role cannot be assumed.',
    );
  });
});

it('says when the region has no backup', async () => {
  expect(await run('policy', '--account', ACCOUNT, '--region', 'us-east-1')).toMatchObject({
    ...{ code: 1, text: expect.stringContaining('no backup of us-east-1') },
  });
});

it('refuses what is no account, and a start without the bucket of the originals', async () => {
  await expect(run('policy', '--account', '12')).rejects.toThrow(WrongCall);
  await expect(run('start', '--account', ACCOUNT)).rejects.toThrow(WrongCall);
  expect((await run('stop')).code).toBe(2);
});
