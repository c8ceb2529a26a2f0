import type { components, paths } from 'openapi';
import createClient from 'openapi-fetch';
import { askOnce, OWN_PAGE } from './asked-ahead.ts';

/** The public API, as its OpenAPI document describes it. */
export const api = createClient<paths>({ baseUrl: location.origin, headers: OWN_PAGE, fetch: askOnce });

export type { components, paths };
