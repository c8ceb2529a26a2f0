import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { attack, elsewhere } from './attack-case.ts';
import type { Target } from './target.ts';

/** Uploads by URL are refused, shortly and without a word about what is there. */
async function refused({ product }: Target, urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const form = new FormData();
    form.set('file', url);
    form.set('fileName', 'ssrf.png');
    const answer = await fetch(`${product.api}/api/v1/files/upload`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${product.privateKey}:`)}` },
      body: form,
    });
    expect([400, 403, 422], url).toContain(answer.status);
    expect((await answer.text()).length).toBeLessThan(600);
  }
}

/** The address of a server of this machine, in a spelling, is refused and nothing connects to it. */
async function silent(target: Target, spell: (port: number) => readonly string[]): Promise<void> {
  let connections = 0;
  const server = createServer((_, response) => response.end('inside')).on('connection', () => (connections += 1));
  await new Promise<void>((done) => server.listen(0, () => done()));
  try {
    await refused(target, spell((server.address() as AddressInfo).port));
    expect(connections).toBe(0);
  } finally {
    server.close();
  }
}

const both =
  (...hosts: string[]) =>
  (port: number) =>
    hosts.flatMap((host) => [`http://${host}/`, `http://${host}:${port}/`]);

const inside = (id: string, title: string, ...hosts: string[]) =>
  attack(id, title, (target) => silent(target, both(...hosts)));

const READERS = 'test/remote/ssrf.test.ts';
const DELIVERY = 'test/handlers/origins-delivery.test.ts';

/** Requests that would make the product fetch from where it must not. */
export const SSRF_CASES = [
  inside('SSRF-002', 'another loopback address', '127.8.9.1', '127.0.0.1'),
  inside('SSRF-003', 'this network', '0.0.0.0', '0.1.2.3'),
  inside('SSRF-005', 'the metadata service over IPv6', '[fd00:ec2::254]'),
  inside('SSRF-007', 'shared address space, at its edges', '100.64.0.1', '100.127.255.254'),
  inside('SSRF-008', 'IPv6 of this machine and network', '[::1]', '[::]', '[fe80::1]', '[fc00::1]', '[fec0::1]'),
  inside('SSRF-010', 'IPv4 in compatible form', '[::127.0.0.1]', '[::7f00:1]'),
  inside('SSRF-012', 'NAT64', '[64:ff9b::a9fe:a9fe]', '[64:ff9b::7f00:1]'),
  inside('SSRF-013', 'NAT64 of a network’s own', '[64:ff9b:1:1::808:808]', '[64:ff9b:1::7f00:1]'),
  inside('SSRF-015', 'numbers in other bases', '2130706433', '0177.1', '0x7f.1', '127.1', '0x7f000001'),
  elsewhere('SSRF-017', 'names with public and private addresses', READERS),
  elsewhere('SSRF-018', 'a name that resolves differently a moment later', 'test/remote/guarded-fetch.test.ts'),
  elsewhere('SSRF-020', 'a redirect to inside, or to another host', 'test/remote/guarded-exchange.test.ts'),
  attack('SSRF-022', 'schemes beside http and https', (target) =>
    refused(target, [
      'file:///etc/passwd',
      'ftp://a.example/',
      'gopher://a.example/_x',
      'dict://a.example:11211/stat',
      'jar:http://a.example!/x',
      'data:text/plain;base64,!!!!',
      'blob:https://a.example/x',
      'javascript:alert(1)',
      'unix:/var/run/docker.sock',
    ]),
  ),
  attack('SSRF-023', 'spellings that hide the host', (target) =>
    silent(target, (port) => [
      `http://allowed.test@127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}#@allowed.test/`,
      `http://127.0.0.1:${port}\\@allowed.test/`,
      `http://127.0.0.1.:${port}/`,
      `http://１２７.０.０.１:${port}/`,
      `http://127。0。0。1:${port}/`,
      `http:\t//127.0.0.1:${port}/`,
    ]),
  ),
  attack('SSRF-025', 'other ports', (target) =>
    refused(target, ['https://93.184.216.34:6379/', 'http://93.184.216.34:22/', 'http://[2606:4700:4700::1111]:25/']),
  ),
  attack('SSRF-027', 'addresses of configuration are fetched by the same rules', async (target) => {
    const { api, ask, canary } = target;
    const created = await api('POST', '/v1/accounts/origins', {
      type: 'WEB_FOLDER',
      name: 'inside',
      baseUrl: 'http://169.254.169.254/latest/',
    });
    expect([201, 400, 403, 422]).toContain(created.status);
    const compatible = {
      type: 'S3_COMPATIBLE',
      name: 'inside',
      bucket: 'bucket',
      s3ForcePathStyle: true,
      endpoint: 'http://[::1]:9000',
    };
    const sealed = await api('POST', '/v1/accounts/origins', { ...compatible, accessKey: 'key', secretKey: canary });
    expect(sealed.status).toBe(201);
    for (const answer of [sealed, await api('GET', '/v1/accounts/origins')]) {
      expect(await answer.text()).not.toContain(canary);
    }
    expect([400, 403, 404]).toContain((await ask('/meta-data/iam/security-credentials/')).status);
  }),
  elsewhere('SSRF-028', 'an origin that is slow, endless, or lies about its length', DELIVERY),
  elsewhere('SSRF-030', 'an error page under an image’s name', DELIVERY),
  attack('SSRF-032', 'a bucket named by the request', async ({ ask, isAlive }) => {
    for (const path of [
      '/s3:other-bucket/secret.png',
      '/s3%3A%2F%2Fother-bucket%2Fsecret.png',
      '/http:/169.254.169.254/x',
    ]) {
      expect([400, 403, 404], path).toContain((await ask(path)).status);
    }
    await isAlive();
  }),
  elsewhere('SSRF-033', 'a bucket that somebody else made anew', 'test/remote/origins/s3.test.ts'),
  attack('SSRF-035', 'a Host header that names another server', async ({ ask }) => {
    const { status } = await ask('/absent.png', { headers: { host: 'evil.test' } });
    expect([400, 403, 404, 421]).toContain(status);
  }),
];
