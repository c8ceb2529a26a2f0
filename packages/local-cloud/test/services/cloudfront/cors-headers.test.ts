import { describe, expect, it } from 'vitest';
import { type CorsConfig, corsHeaders } from '../../../src/services/cloudfront/cors-headers.ts';

const EVERYONE: CorsConfig = {
  AccessControlAllowCredentials: false,
  AccessControlAllowHeaders: { Items: ['*'] },
  AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
  AccessControlAllowOrigins: { Items: ['*'] },
  AccessControlExposeHeaders: { Items: ['x-a', 'x-b'] },
  AccessControlMaxAgeSec: 60,
  OriginOverride: true,
};

const FROM = 'https://app.example';

const of = (
  config: Partial<CorsConfig>,
  asked: Record<string, string> = { origin: FROM },
  method = 'GET',
  headers = {},
) => corsHeaders(headers, { ...EVERYONE, ...config }, { method, asked });

const named = (...Items: string[]) => ({ AccessControlAllowOrigins: { Items } });

describe('CORS headers', () => {
  it('are added for requests that have an origin', () => {
    expect(of({})).toEqual({ 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-a, x-b' });
    expect(of({}, {})).toEqual({});
  });

  it('name the origin when it is one of several', () => {
    const headers = of(named(FROM, 'https://other.example'), { origin: FROM }, 'GET', { vary: 'Accept' });

    expect(headers).toMatchObject({ 'access-control-allow-origin': FROM, vary: 'Accept, Origin' });
    expect(of(named('https://other.example'))).toEqual({});
  });

  it.each([
    ['https://*.example', true],
    ['*.example', true],
    ['http://*.example', false],
    ['app.example', true],
    ['app.exampl', false],
    ['appxexample', false],
  ])('are for %s: %s', (pattern, expected) => {
    expect(of(named(pattern))['access-control-allow-origin']).toBe(expected ? FROM : undefined);
  });

  it('tell preflights the rest', () => {
    const preflight = { origin: FROM, 'access-control-request-method': 'GET' };

    expect(of({ AccessControlAllowCredentials: true }, preflight, 'OPTIONS')).toMatchObject({
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': '*',
      'access-control-max-age': '60',
    });
    const all = of({ AccessControlAllowMethods: { Items: ['ALL'] } }, preflight, 'OPTIONS');
    expect(all['access-control-allow-methods']).toContain('PATCH');
  });

  it('leave the origin’s own, unless they replace them', () => {
    const own = { 'access-control-allow-origin': 'https://own.example' };

    expect(of({ OriginOverride: false }, { origin: FROM }, 'GET', own)).toEqual({});
    expect(of({}, { origin: FROM }, 'GET', own)['access-control-allow-origin']).toBe('*');
  });
});
