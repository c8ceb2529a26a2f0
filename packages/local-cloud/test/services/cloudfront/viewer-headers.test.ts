import { expect, it } from 'vitest';
import type { Route } from '../../../src/services/cloudfront/origins.ts';
import { withViewerHeaders } from '../../../src/services/cloudfront/viewer-headers.ts';

const NO_QUERY = { QueryStringBehavior: 'none' };
const selection = (...Headers: string[]) => ({
  HeadersConfig: { HeaderBehavior: 'whitelist', Headers },
  QueryStringsConfig: NO_QUERY,
});
const cachePolicy = { MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: selection() };
const origins = { ids: ['o'], failoverOn: [] };
const ASKED = { origins, cachePolicy, originPolicy: selection('CloudFront-Viewer-Country') };
const NOT_ASKED = { origins, cachePolicy, originPolicy: undefined };

const headersOf = (headers: Record<string, string>, country: string | undefined, route: Route = ASKED) =>
  withViewerHeaders({ method: 'GET', path: '/', query: undefined, headers }, { country }, route).headers;

it('says the country where a policy asks for it, and nowhere else', () => {
  expect(headersOf({ accept: '*/*' }, 'DE')).toEqual({ accept: '*/*', 'cloudfront-viewer-country': 'DE' });
  expect(headersOf({ accept: '*/*' }, 'DE', NOT_ASKED)).toEqual({ accept: '*/*' });
});

it('drops what a viewer sends under such a name, also when nobody knows the country (ACL-010)', () => {
  const sent = { 'cloudfront-viewer-country': 'FR', 'cloudfront-viewer-address': '192.0.2.1:1' };

  expect(headersOf(sent, 'DE')).toEqual({ 'cloudfront-viewer-country': 'DE' });
  expect(headersOf(sent, undefined)).toEqual({});
});

it('says the address with a port where a policy asks for it, and nowhere else', () => {
  const route = { ...ASKED, originPolicy: selection('CloudFront-Viewer-Address') };
  const asked = {
    method: 'GET',
    path: '/',
    query: undefined,
    headers: { 'cloudfront-viewer-address': '198.51.100.1:1' },
  };
  const facts = { address: '192.0.2.1' };

  expect(withViewerHeaders(asked, facts, route).headers).toEqual({ 'cloudfront-viewer-address': '192.0.2.1:443' });
  expect(withViewerHeaders(asked, facts, ASKED).headers).toEqual({});
});
