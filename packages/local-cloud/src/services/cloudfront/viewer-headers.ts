import type { EdgeRequest } from './messages.ts';
import type { Route } from './origins.ts';

const VIEWER_COUNTRY = 'cloudfront-viewer-country';
const VIEWER_ADDRESS = 'cloudfront-viewer-address';

/** What is known of a viewer. */
export interface ViewerFacts {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  readonly address?: string | undefined;
}

/**
 * The headers with the viewer's country and address, where a policy asks for them (AWS, "Add CloudFront request headers").
 * What a viewer sends under one of these names is gone, also when nobody knows them. The port is made up.
 */
export function withViewerHeaders(
  request: EdgeRequest,
  { country, address }: ViewerFacts,
  { cachePolicy, originPolicy }: Route,
): EdgeRequest {
  const selections = [cachePolicy.ParametersInCacheKeyAndForwardedToOrigin, ...(originPolicy ? [originPolicy] : [])];
  const names = selections.flatMap(({ HeadersConfig }) => HeadersConfig.Headers ?? []);
  const asked = new Set(names.map((name) => name.toLowerCase()));
  const sent = Object.entries(request.headers).filter(([name]) => !name.startsWith('cloudfront-'));
  return {
    ...request,
    headers: {
      ...Object.fromEntries(sent),
      ...(asked.has(VIEWER_COUNTRY) && country !== undefined && { [VIEWER_COUNTRY]: country }),
      ...(asked.has(VIEWER_ADDRESS) && address !== undefined && { [VIEWER_ADDRESS]: `${address}:443` }),
    },
  };
}
