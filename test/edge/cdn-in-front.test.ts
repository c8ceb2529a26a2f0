import fc from 'fast-check';
import { createWebAcl } from 'local-cloud/aws-apis';
import { type EdgeFunction, loadEdgeFunction } from 'local-cloud/edge-functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { CDN_SECRETS_KEY } from '../../lambda/contract/cdn-in-front.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { blockText, parseCidr } from '../../lambda/core/protection/rules/cidr.ts';
import { bundleEdgeFunction, EDGE_FUNCTION_BYTES } from '../../lib/bundling/bundle-edge-function.ts';
import type { EdgeCdn } from '../../lib/bundling/code-source.ts';
import { fromCdnAlone } from '../../lib/constructs/edge/forwarded-rules.ts';
import { ROOT } from '../architecture/sources.ts';
import type { Outcome } from './edge-sandbox.ts';

/* The viewer-request function, as shipped behind another CDN. */
const CDN = { addressHeader: 'cf-connecting-ip', countryHeader: 'cf-ipcountry', refuseDirect: true };
const BLOCKED = '198.51.100.0/24';
const STORE = new Map([
  ['endpoint:default', '{"paused":false}'],
  [CDN_SECRETS_KEY, ['new', 'old'].map(sha256Hex).join(',')],
  [
    'rules:default:0',
    JSON.stringify({
      n: 1,
      r: [
        { k: 'i', v: [blockText(parseCidr(BLOCKED))] },
        { k: 'c', v: ['AQ'] },
      ],
    }),
  ],
]);

const load = (cdnInFront: EdgeCdn): EdgeFunction => {
  const code = bundleEdgeFunction(ROOT, 'viewer-request', { isMultiRegion: true, cdnInFront });
  return loadEdgeFunction({ code, store: STORE }, 'viewer-request');
};

function ask(edge: EdgeFunction, headers: Readonly<Record<string, string>>, ip = '203.0.113.1'): Outcome {
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const request = { method: 'GET', uri: '/a.jpg', querystring: {}, headers: values, cookies: {} };
  const context = { distributionDomainName: 'd1.cloudfront.net' };
  return edge.run({ context, viewer: { ip }, request }, undefined, new Date()) as Outcome;
}

let strict: EdgeFunction;
let lenient: EdgeFunction;

beforeAll(() => {
  strict = load(CDN);
  lenient = load({ ...CDN, refuseDirect: false });
});

const shown = (address: string, more: Record<string, string> = {}) => ({
  'x-vitrine-cdn-secret': 'new',
  'cf-connecting-ip': address,
  ...more,
});

describe('behind another CDN', () => {
  it('who comes by it is judged by the address and the country that it names', () => {
    expect(ask(strict, shown('192.0.2.7')).statusCode).toBeUndefined();
    expect(ask(strict, shown('198.51.100.9')).statusCode).toBe(403);
    expect(ask(strict, shown('192.0.2.7', { 'cf-ipcountry': 'AQ' })).statusCode).toBe(403);
  });

  it('who comes past it is refused, whatever is sent', () => {
    for (const headers of [
      {},
      { 'cf-connecting-ip': '192.0.2.7' },
      { 'x-vitrine-cdn-secret': 'newer', 'cf-connecting-ip': '192.0.2.7' },
    ]) {
      const answer = ask(strict, headers);
      expect([answer.statusCode, answer.headers['cache-control']?.value]).toEqual([403, 'no-store']);
    }
  });

  it('while it is being set up, who comes past it is judged by who asks', () => {
    expect(ask(lenient, {}).statusCode).toBeUndefined();
    expect(ask(lenient, { 'cf-connecting-ip': '192.0.2.7' }, '198.51.100.9').statusCode).toBe(403);
    expect(ask(lenient, { 'cf-connecting-ip': '198.51.100.9' }).statusCode).toBeUndefined();
    expect(ask(lenient, shown('198.51.100.9')).statusCode).toBe(403);
  });

  it('the transformer is told the same address, and never one that a viewer invented', () => {
    const told = (edge: EdgeFunction, headers: Record<string, string>) =>
      ask(edge, { ...headers, 'x-vitrine-viewer-address': '10.0.0.1' }).headers['x-vitrine-viewer-address']?.value;

    expect(told(strict, shown('192.0.2.7'))).toBe('192.0.2.7');
    expect(told(lenient, { 'cf-connecting-ip': '192.0.2.7' })).toBe('203.0.113.1');
  });

  it('the function has room for it, in a deployment of several regions, too', () => {
    const code = bundleEdgeFunction(ROOT, 'viewer-request', { isMultiRegion: true, cdnInFront: CDN });

    expect(EDGE_FUNCTION_BYTES - Buffer.byteLength(code)).toBeGreaterThanOrEqual(0);
  });

  it('is nothing of a deployment without one', () => {
    expect(bundleEdgeFunction(ROOT, 'viewer-request')).not.toContain('cdn-secret');
  });
});

/** Headers as the web ACL's rules of the template have them once CloudFormation has resolved their references. */
function webAcl() {
  const viewers = { ...CDN, secrets: ['new', 'old'] };
  const first = fromCdnAlone(viewers);
  const IPSetForwardedIPConfig = { HeaderName: CDN.addressHeader, FallbackBehavior: 'MATCH', Position: 'FIRST' };
  const Rules = [
    { ...capitalized(first as object), Priority: 0 },
    {
      ...{ Name: 'BlockedIPv4', Priority: 1, Action: { Block: {} } },
      Statement: { IPSetReferenceStatement: { Arn: 'set', IPSetForwardedIPConfig } },
    },
  ];
  const sets = new Map([['set', { IPAddressVersion: 'IPV4', Addresses: [BLOCKED] }]]);
  return createWebAcl({ DefaultAction: { Allow: {} }, Rules }, sets, {});
}

/** CloudFormation's spelling of the CDK's members. */
function capitalized(value: unknown): Record<string, unknown> {
  const of = (one: unknown): unknown =>
    Array.isArray(one) ? one.map(of) : typeof one === 'object' && one !== null ? capitalized(one) : one;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]) => [name[0]?.toUpperCase() + name.slice(1), of(one)]),
  );
}

it('the web ACL and the edge function decide alike about every secret and every address (I05)', () => {
  const acl = webAcl();
  const secret = fc.oneof(fc.constantFrom('new', 'old', '', 'New', 'new ', 'newer', sha256Hex('new')), fc.string());
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV4().map((ip) => ip.replace(/^\d+\.\d+\.\d+/, '198.51.100')),
    fc.ipV6(),
  );
  fc.assert(
    fc.property(fc.option(secret), address, (shownSecret, from) => {
      const headers = {
        'cf-connecting-ip': from,
        ...(shownSecret !== null && { 'x-vitrine-cdn-secret': shownSecret }),
      };
      const request = { ip: '203.0.113.1', method: 'GET', uri: '/a.jpg', query: '', headers };
      const edge = ask(strict, headers).statusCode === undefined ? 'allow' : 'block';
      expect([edge, from]).toEqual([acl.decide(request).action, from]);
    }),
    { numRuns: 300 },
  );
});
