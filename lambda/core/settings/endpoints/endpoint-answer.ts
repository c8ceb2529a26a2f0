import type { Endpoint } from './endpoint.ts';

/** An endpoint as the API shows it; what ImageKit's answers have stands first. */
export function endpointAnswer({ id, description, urlPrefix, origins, ...others }: Endpoint): Record<string, unknown> {
  return { id, description, urlPrefix, origins, ...others };
}
