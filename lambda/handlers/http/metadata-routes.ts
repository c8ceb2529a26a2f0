import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import type { ExplainDeps } from '../../core/explain/explain-url.ts';
import { explainUrl } from '../../core/explain/explain-url.ts';
import type { MetadataDeps } from '../../core/explain/image-metadata.ts';
import { metadataOfFile, metadataOfUrl } from '../../core/explain/image-metadata.ts';
import { problem } from '../../core/kernel/problems.ts';
import type { Route } from './route.ts';

export interface MetadataRouteDeps extends MetadataDeps, ExplainDeps {
  readonly credentials: () => Promise<Credentials>;
}

/** Query parameters by which `explain` is told what the browser would send. */
const SUPPOSED = { accept: 'accept', width: 'sec-ch-width', dpr: 'sec-ch-dpr' } as const;

/** Of a browser of today. */
const DEFAULT_ACCEPT = 'image/avif,image/webp,*/*';

/** ImageKit, "Get image metadata"; `explain` is ours. */
export function metadataRoutes(deps: MetadataRouteDeps): Route[] {
  const check = async (request: Request) =>
    checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
  return [
    {
      method: 'GET',
      path: ROUTES.fileMetadata,
      handle: async (request, { fileId = '' }) => {
        await check(request);
        return Response.json(await metadataOfFile(deps, fileId));
      },
    },
    {
      method: 'GET',
      path: ROUTES.urlMetadata,
      handle: async (request) => {
        await check(request);
        return Response.json(await metadataOfUrl(deps, askedUrl(request)));
      },
    },
    {
      method: 'GET',
      path: ROUTES.explain,
      handle: async (request) => {
        await check(request);
        return Response.json(await explainUrl(deps, askedUrl(request), supposedHeaders(request)));
      },
    },
  ];
}

function askedUrl(request: Request): string {
  const url = new URL(request.url).searchParams.get('url');
  if (url) return url;
  throw problem('url.foreign', 'The query parameter url is missing: a URL of this deployment, escaped.');
}

function supposedHeaders(request: Request): Record<string, string> {
  const query = new URL(request.url).searchParams;
  const given = Object.entries(SUPPOSED).map(([name, header]) => [header, query.get(name) ?? ''] as const);
  return { ...Object.fromEntries(given), accept: query.get('accept') ?? DEFAULT_ACCEPT };
}
