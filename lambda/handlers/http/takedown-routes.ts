import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import type { TakeDownDeps } from '../../core/protection/takedown/take-down.ts';
import { getTakedown, liftTakedown, takeDown } from '../../core/protection/takedown/take-down.ts';
import type { TakedownRecord } from '../../core/protection/takedown/takedown.ts';
import { readJson } from './read-json.ts';
import type { PathParameters, Route } from './route.ts';

export interface TakedownRouteDeps extends TakeDownDeps {
  readonly credentials: () => Promise<Credentials>;
  /** Brings a change to the edge. Never rejects: what fails is made up for within a minute. */
  readonly publish: () => Promise<unknown>;
}

/** Takedown of a file: 451 for the original and everything made from it. */
export function takedownRoutes(deps: TakedownRouteDeps): Route[] {
  const route = (method: Route['method'], act: (fileId: string, request: Request) => Promise<Response>): Route => ({
    method,
    path: ROUTES.takedown,
    handle: async (request, parameters) => {
      checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
      return act(fileIdOf(parameters), request);
    },
  });
  return [
    route('POST', async (fileId, request) => {
      const record = await takeDown(deps, fileId, await readJson(request));
      await deps.publish();
      return answer(record, 201);
    }),
    route('GET', async (fileId) => answer(await getTakedown(deps, fileId), 200)),
    route('DELETE', async (fileId) => {
      await liftTakedown(deps, fileId);
      await deps.publish();
      return new Response(null, { status: 204 });
    }),
  ];
}

const fileIdOf = ({ fileId = '' }: PathParameters): string => fileId;

function answer({ assetId, path, ...takedown }: TakedownRecord, status: number): Response {
  return Response.json({ fileId: assetId, filePath: path, ...takedown }, { status });
}
