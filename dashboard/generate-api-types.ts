import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from '../lambda/api/documentation/openapi.ts';
import { API_OPERATIONS } from '../lambda/api/table.ts';

/** Not committed: types that are made anew for every check cannot lag behind the API. */
const FILE = new URL('node_modules/.cache/openapi.d.ts', import.meta.url);

const types = await openapiTS(JSON.stringify(openApiDocument(API_OPERATIONS)), { defaultNonNullable: false });
mkdirSync(dirname(FILE.pathname), { recursive: true });
writeFileSync(FILE, astToString(types));
