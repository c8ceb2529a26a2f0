import { expect } from 'vitest';
import { UPLOAD_PATHS } from '../../lambda/contract/routes.ts';
import { hmacSha1 } from '../../lambda/core/kernel/url-signature.ts';
import { attack, elsewhere } from './attack-case.ts';
import type { Target } from './target.ts';

const NEVER = '9999999999';
const UNIT_TEST = 'test/core/request/dialects/imagekit/check-signature.test.ts';
const PRODUCT_TEST = 'test/product/signed-urls.test.ts';

/** What is signed for a file and a query. */
const signatureOf = ({ product }: Target, path: string, query: string, expiry = NEVER): string =>
  hmacSha1(product.privateKey, `${path.slice(1)}${query && `?${query}`}${expiry}`);

function sign(target: Target, path: string, query = 'tr=w-40'): { url: string; signature: string } {
  const signature = signatureOf(target, path, query);
  return { signature, url: `${path}?${query ? `${query}&` : ''}ik-s=${signature}` };
}

/** The signed URL of the private file is good, and everything made from it is not. */
async function refuses(target: Target, urls: (url: string, signature: string) => readonly string[]): Promise<void> {
  await publishKeys(target);
  const { url, signature } = sign(target, target.priv);
  expect((await target.ask(url)).status).toBe(200);
  for (const changed of urls(url, signature)) {
    const answer = await target.ask(changed);
    expect([400, 401, 403, 404], changed.slice(0, 120)).toContain(answer.status);
    expect(answer.headers.get('content-type')?.[0]).toMatch(/^text\/plain/);
  }
}

/** A call that changes settings publishes the keys; else the first minute does. */
async function publishKeys(target: Target): Promise<void> {
  const made = await target.api('POST', '/v1/accounts/signing-keys', {});
  const { id } = (await made.json()) as { id: string };
  await target.api('DELETE', `/v1/accounts/signing-keys/${id}`);
}

/** Signatures and expiry. */
export const SIGNATURE_CASES = [
  attack('SIG-002', 'each bit of the signature changed', (target) =>
    refuses(target, (url, signature) =>
      Array.from({ length: signature.length }, (_, at) => {
        const other = (Number.parseInt(signature[at] ?? '0', 16) ^ (1 << (at % 4))).toString(16);
        return url.replace(signature, signature.slice(0, at) + other + signature.slice(at + 1));
      }),
    ),
  ),
  attack('SIG-004', 'the signature again inside the path', (target) =>
    refuses(target, (url, signature) => [
      `/ik-s=${signature}${url}`,
      `/${signature}${url}`,
      `/${signature}${target.priv}`,
    ]),
  ),
  attack('SIG-005', 'the same, escaped', (target) =>
    refuses(target, (url, signature) => [`/ik-s%3D${signature}${url}`, `${target.priv}?tr=w-40&ik%2Ds=${signature}`]),
  ),
  attack('SIG-007', 'parameters given twice', (target) =>
    refuses(target, (url, signature) => [
      url.replace('tr=w-40', 'tr=w-40&tr=w-500'),
      url.replace('tr=w-40', 'tr=w-500&tr=w-40'),
      `${url}&ik-s=${signature}`,
      url.replace('ik-s', `ik-t=${NEVER}&ik-t=${NEVER}&ik-s`),
    ]),
  ),
  elsewhere('SIG-009', 'parameters in another order', UNIT_TEST),
  elsewhere('SIG-010', 'a signed value in another spelling', UNIT_TEST),
  attack('SIG-012', 'semicolons and matrix parameters', (target) =>
    refuses(target, (url, signature) => [
      `${target.priv};tr=w-40?ik-t=${NEVER};ik-s=${signature}`,
      url.replace('&', ';'),
      `${target.priv};ik-s=${signature}`,
    ]),
  ),
  attack('SIG-014', 'a signature moved between original, variant and files', (target) =>
    refuses(target, (_, signature) => [
      `${target.priv}?ik-s=${signature}`,
      `${target.priv}?tr=orig-true&ik-s=${signature}`,
      `${target.priv}?tr=w-40&ik-s=${signatureOf(target, target.priv, '')}`,
      `${target.priv}?tr=w-40&ik-s=${signatureOf(target, target.pub, 'tr=w-40')}`,
      `${target.pub}?tr=w-40&ik-s=${signature}`,
    ]),
  ),
  attack('SIG-015', 'another method', async (target) => {
    await publishKeys(target);
    const { url } = sign(target, target.priv);
    for (const method of ['POST', 'PUT', 'DELETE', 'TRACE']) {
      expect([400, 403, 405], method).toContain((await target.ask(url, { method })).status);
    }
    expect((await target.ask(url, { method: 'HEAD' })).status).toBe(200);
  }),
  attack('SIG-017', 'words that switch the check off', (target) =>
    refuses(target, () => [
      `/unsafe${target.priv}?tr=w-200`,
      `${target.priv}?tr=w-200&unsafe=true`,
      `${target.priv}?tr=w-200&ik-s=unsafe`,
      `${target.priv}?tr=w-200&ik-s=undefined&ik-t=undefined`,
    ]),
  ),
  attack('SIG-019', 'a truncated signature', (target) =>
    refuses(target, (url, signature) =>
      Array.from({ length: 40 }, (_, length) => url.replace(signature, signature.slice(0, length))),
    ),
  ),
  attack('SIG-020', 'the expected signature is in no answer', async (target) => {
    await publishKeys(target);
    const { signature } = sign(target, target.priv);
    for (const extra of ['', '&debug=true', '&ik-debug=true']) {
      const query = `tr=w-40${extra}`;
      const expected = signatureOf(target, target.priv, query);
      const answer = await target.ask(`${target.priv}?${query}&ik-s=AAAA`);
      const said = `${[...answer.headers].join()}${answer.body.toString('latin1')}${target.product.output()}`;
      expect(answer.status).toBe(401);
      for (const secret of [signature, expected]) expect(said.includes(secret)).toBe(false);
    }
  }),
  elsewhere('SIG-022', 'an expiry one second past, cached', PRODUCT_TEST),
  attack('SIG-024', 'expiries that are no ten digits, signed as they are', async (target) => {
    await publishKeys(target);
    const expiries = [
      '1e10',
      '-1',
      '0',
      '0x7fffffff',
      '9007199254740993',
      '%201700000000',
      '1.5',
      '+999999999',
      '1,2',
      '',
    ];
    for (const expiry of expiries) {
      const signature = signatureOf(target, target.priv, 'tr=w-40', expiry);
      const { status } = await target.ask(`${target.priv}?tr=w-40&ik-t=${expiry}&ik-s=${signature}`);
      expect([400, 401], expiry).toContain(status);
    }
  }),
  elsewhere('SIG-027', 'an answer that outlives its URL', PRODUCT_TEST),
  elsewhere('SIG-029', 'keys changed with an overlap', PRODUCT_TEST),
  attack('SIG-030', 'a permission to upload once is used twice', async ({ product, client }) => {
    const signed = client.helper.getAuthenticationParameters();
    const statuses: number[] = [];
    for (let use = 1; use <= 3; use++) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...signed, publicKey: product.publicKey, fileName: `${use}.txt` })) {
        form.set(name, `${value}`);
      }
      form.set('file', new Blob(['once']), 'once.txt');
      statuses.push((await fetch(product.api + UPLOAD_PATHS[0], { method: 'POST', body: form })).status);
    }

    expect(statuses).toEqual([200, 400, 400]);
  }),
  elsewhere('CACHE-013', 'conditional requests for what may not be seen', PRODUCT_TEST),
];
