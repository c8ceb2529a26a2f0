import type { EdgeRequest } from './messages.ts';
import type { Route } from './origins.ts';

const VIEWER_COUNTRY = 'cloudfront-viewer-country';

/**
 * The header with the viewer's country, where a policy asks for it (AWS, "Add CloudFront request headers"). What a viewer
 * sends under one of these names is gone, also when nobody knows the country.
 */
export function withViewerCountry(
  request: EdgeRequest,
  country: string | undefined,
  { cachePolicy, originPolicy }: Route,
): EdgeRequest {
  const selections = [cachePolicy.ParametersInCacheKeyAndForwardedToOrigin, ...(originPolicy ? [originPolicy] : [])];
  const names = selections.flatMap(({ HeadersConfig }) => HeadersConfig.Headers ?? []);
  const isAsked = names.some((name) => name.toLowerCase() === VIEWER_COUNTRY);
  const sent = Object.entries(request.headers).filter(([name]) => !name.startsWith('cloudfront-'));
  return {
    ...request,
    headers: { ...Object.fromEntries(sent), ...(isAsked && country !== undefined && { [VIEWER_COUNTRY]: country }) },
  };
}
