import { Resolver } from 'node:dns/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { domain } from '../../../cli/domain/domain.ts';
import { WrongCall } from '../../../cli/wrong-call.ts';
import * as context from '../../../lib/vitrine-context.ts';
import { dnsServer, type Zone } from './dns-server.ts';
import { hasOpenssl, ownCertificate } from './own-authority.ts';

const HOST = 'media.example.com';
const TARGET = 'd111.cloudfront.net';
const ARN = `arn:aws:acm:us-east-1:111122223333:certificate/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`;
const PROOF = { Name: `_a1.${HOST}.`, Type: 'CNAME', Value: '_b2.acm-validations.aws.' };

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closings.splice(0).map((close) => close()));
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closings.push(() => new Promise((done) => server.close(done)));
  return (server.address() as AddressInfo).port;
}

/** ACM (JSON 1.1) and CloudFormation (query), as their clients speak with them. */
async function aws(certificate: Record<string, unknown>, listed: readonly object[] = []) {
  const calls: { readonly target: string; readonly body: string }[] = [];
  const port = await listening(
    createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const target = String(request.headers['x-amz-target'] ?? 'DescribeStacks').replace('CertificateManager.', '');
      calls.push({ target, body });
      if (target === 'DescribeStacks') return void response.end(STACKS);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      const answers: Record<string, object> = {
        ListCertificates: { CertificateSummaryList: listed },
        RequestCertificate: { CertificateArn: ARN },
        DescribeCertificate: { Certificate: { CertificateArn: ARN, ...certificate } },
      };
      response.end(JSON.stringify(answers[target] ?? {}));
    }),
  );
  return { calls, endpoint: `http://127.0.0.1:${port}` };
}

const STACKS = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>vitrine-edge</StackName><Outputs>
<member><OutputKey>MediaTarget</OutputKey><OutputValue>${TARGET}</OutputValue></member>
<member><OutputKey>ApiTarget</OutputKey><OutputValue>d222.cloudfront.net</OutputValue></member>
</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

const ours: RequestListener = (_, response) =>
  response.writeHead(400, { 'server-timing': 'fetch;dur=0, transform;dur=0, cache;desc=miss' }).end();
const redirecting: RequestListener = (_, response) => response.writeHead(301, { location: `https://${HOST}/` }).end();

interface World {
  readonly certificate?: Record<string, unknown>;
  readonly listed?: readonly object[];
  readonly zone?: Zone;
  readonly answer?: RequestListener;
  readonly plain?: RequestListener;
  readonly days?: number;
  readonly now?: number;
  readonly isTrusted?: boolean;
}

async function run(args: readonly string[], world: World = {}) {
  const issued = { Status: 'ISSUED', DomainValidationOptions: [{ DomainName: HOST, ResourceRecord: PROOF }] };
  const { endpoint, calls } = await aws(world.certificate ?? issued, world.listed);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const clientConfig = { region: 'us-east-1', endpoint, credentials, maxAttempts: 1 };
  const server = await dnsServer(world.zone ?? RIGHT_ZONE);
  closings.push(server.close);
  const dns = new Resolver({ timeout: 2000, tries: 1 });
  dns.setServers([server.address]);
  const own = ownCertificate(HOST, world.days ?? 90);
  const https = await listening(createTlsServer(own, world.answer ?? ours) as unknown as Server);
  const http = await listening(createServer(world.plain ?? redirecting));
  const printed: string[] = [];
  const code = await domain(
    args,
    (text) => void printed.push(text),
    () => ({
      ...{ acm: new ACMClient(clientConfig), cloudFormation: new CloudFormationClient(clientConfig), dns },
      ports: { https, http },
      ...(world.isTrusted !== false && { trusted: own.cert }),
      now: () => world.now ?? Date.now(),
      wait: async () => undefined,
    }),
  );
  return { code, text: printed.join(''), calls };
}

const RIGHT_ZONE: Zone = new Map([
  [HOST, { CNAME: TARGET, A: '127.0.0.1' }],
  [`_a1.${HOST}`, { CNAME: '_b2.acm-validations.aws' }],
  [TARGET, { A: '127.0.0.1' }],
]);

const without = (name: string): Zone => new Map([...RIGHT_ZONE].filter(([key]) => key !== name));

beforeEach(() => {
  vi.spyOn(context, 'projectContext').mockReturnValue({
    vitrine: { mediaDomain: { name: HOST, certificateArn: ARN } },
  });
});

describe.runIf(hasOpenssl)('vitrine domain check', () => {
  it('says of a host that is right what was seen, and ends with 0', async () => {
    const { code, text } = await run(['check']);

    expect(text).toContain(`${HOST} is an alias of ${TARGET}.`);
    expect(text).toContain('ACM says that the certificate is issued.');
    expect(text).toContain('The record is there by which ACM issues and renews the certificate.');
    expect(text).toMatch(/The certificate is good for (89|90) days/);
    expect(text).toContain('It speaks TLSv1.3.');
    expect(text).toContain('Vitrine answers for media.');
    expect(text).toContain('Plain HTTP is redirected to HTTPS.');
    expect(text).not.toContain('WRONG');
    expect(code).toBe(0);
  });

  it.each<[string, World, RegExp]>([
    [
      'a host without a record',
      { zone: without(HOST) },
      /media\.example\.com has no record\. Set: media\.example\.com CNAME d111/,
    ],
    [
      'an alias of somebody else',
      { zone: new Map([...RIGHT_ZONE, [HOST, { CNAME: 'other.example', A: '127.0.0.1' }]]) },
      /is an alias of other\.example, not of d111\.cloudfront\.net/,
    ],
    [
      'a record that proves the name, and is gone',
      { zone: without(`_a1.${HOST}`) },
      /not issued or renewed without its record\. Set: _a1\.media\.example\.com CNAME _b2\.acm-validations\.aws/,
    ],
    ['a certificate that waits', { certificate: { Status: 'PENDING_VALIDATION' } }, /ACM waits for the records/],
    [
      'a renewal that failed',
      {
        certificate: {
          Status: 'ISSUED',
          RenewalSummary: { RenewalStatus: 'FAILED', RenewalStatusReason: 'CAA_ERROR' },
        },
      },
      /could not renew .* CAA_ERROR/,
    ],
    [
      'a certificate of few days',
      { now: Date.now() + 80 * 86_400_000 },
      /The certificate ends in 9 days|The certificate ends in 10 days/,
    ],
    [
      'a certificate that nobody trusts',
      { isTrusted: false },
      /Browsers refuse the certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    ],
    [
      'an answer of somebody else',
      { answer: (_, response) => void response.end('hello') },
      /Somebody else answers, with 200/,
    ],
    [
      'an answer by plain HTTP',
      { plain: (_, response) => void response.end('hello') },
      /Plain HTTP is answered with 200/,
    ],
  ])('says what is wrong with %s, and ends with 1', async (_, world, sentence) => {
    const { code, text } = await run(['check'], world);

    expect(text).toMatch(sentence);
    expect(text).toContain('WRONG');
    expect(code).toBe(1);
  });

  it('asks the stack for records of a zone that the stack keeps', async () => {
    const zones = [{ id: 'Z0123456789ABC', name: 'example.com' }];
    vi.spyOn(context, 'projectContext').mockReturnValue({
      vitrine: { mediaDomain: { name: HOST, hostedZones: zones } },
    });

    const { text, code } = await run(['check'], { zone: without(HOST) });

    expect(text).toContain('The stack sets it: deploy');
    expect(code).toBe(1);
  });
});

describe.runIf(hasOpenssl)('vitrine domain add', () => {
  it('requests one certificate for all hosts and prints the records and the configuration', async () => {
    const { code, text, calls } = await run(['add', HOST]);

    expect(code).toBe(0);
    expect(text).toContain(`_a1.${HOST}  CNAME  _b2.acm-validations.aws`);
    expect(text).toContain(`"certificateArn": "${ARN}"`);
    expect(text).toContain(`${HOST}  CNAME  ${TARGET}`);
    const request = calls.find(({ target }) => target === 'RequestCertificate');
    expect(JSON.parse(request?.body ?? '{}')).toMatchObject({ DomainName: HOST, ValidationMethod: 'DNS' });
  });

  it('takes the certificate of an earlier call', async () => {
    const { text, calls } = await run(['add', HOST], { listed: [{ CertificateArn: ARN, DomainName: HOST }] });

    expect(text).toContain(ARN);
    expect(calls.map(({ target }) => target)).not.toContain('RequestCertificate');
  });

  it('refuses what is no host', async () => {
    await expect(run(['add', 'https://media.example.com'])).rejects.toThrow(WrongCall);
  });
});

it('prints its help for a call that it does not know, and ends with 2', async () => {
  const printed: string[] = [];

  expect(await domain(['renew'], (text) => void printed.push(text))).toBe(2);
  expect(printed.join('')).toContain('Usage: vitrine domain add');
});
