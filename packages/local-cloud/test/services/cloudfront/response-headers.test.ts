import { describe, expect, it } from 'vitest';
import { type ResponseHeadersPolicy, withPolicy } from '../../../src/services/cloudfront/response-headers.ts';

const CONTEXT = { method: 'GET', asked: {}, outcome: 'Miss', requestId: 'R1' } as const;

const apply = (policy: ResponseHeadersPolicy, headers: Record<string, string> = {}, context: object = {}) =>
  withPolicy(headers, policy, { ...CONTEXT, ...context });

describe('a response headers policy', () => {
  it('removes, adds and replaces, or leaves what the origin says', () => {
    const headers = apply(
      {
        RemoveHeadersConfig: { Items: [{ Header: 'Server' }, { Header: 'x-gone' }] },
        CustomHeadersConfig: {
          Items: [
            { Header: 'X-New', Value: 'n', Override: false },
            { Header: 'X-Old', Value: 'n', Override: false },
            { Header: 'X-Replaced', Value: 'n', Override: true },
            { Header: 'x-gone', Value: 'n', Override: false },
          ],
        },
      },
      { server: 's', 'x-gone': 'o', 'x-old': 'o', 'x-replaced': 'o' },
    );

    expect(headers).toEqual({ 'x-new': 'n', 'x-old': 'o', 'x-replaced': 'n', 'x-gone': 'n' });
  });

  it('adds the security headers', () => {
    const headers = apply({
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Preload: true, Override: true },
        XSSProtection: { Protection: true, ModeBlock: true, Override: true },
      },
    });

    expect(headers).toEqual({
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=60; includeSubDomains; preload',
      'x-xss-protection': '1; mode=block',
    });
  });

  it('puts CloudFront’s metrics behind the origin’s, for the requests that it samples', () => {
    const policy = (SamplingRate: number) => ({ ServerTimingHeadersConfig: { Enabled: true, SamplingRate } });
    const sent = { 'server-timing': 'fetch;dur=1' };

    expect(apply(policy(100), sent)['server-timing']).toMatch(/^fetch;dur=1, cdn-cache-miss, /);
    expect(apply(policy(100), {}, { outcome: 'Hit' })['server-timing']).toMatch(/^cdn-cache-hit, /);
    expect(apply(policy(100), {}, { outcome: 'RefreshHit' })['server-timing']).toContain('cdn-cache-refresh');
    expect(apply(policy(0), sent)).toEqual(sent);
    const sampled = Array.from({ length: 400 }, () => apply(policy(50))).filter((headers) => headers['server-timing']);
    expect(sampled.length).toBeGreaterThan(100);
    expect(sampled.length).toBeLessThan(300);
  });
});
