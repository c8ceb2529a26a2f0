import type { components, paths } from 'openapi';
import createClient from 'openapi-fetch';

/** The public API, as its OpenAPI document describes it. The header tells it that a page of its own host calls. */
export const api = createClient<paths>({ baseUrl: location.origin, headers: { 'x-vitrine': '1' } });

export type { components, paths };
