import type { EdgeDescription } from '../../contract/edge.ts';
import { urlEndpoint } from '../../contract/edge.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import { uploadAnswer } from '../../core/library/upload-answer.ts';
import type { UploadFileDeps } from '../../core/library/upload-file.ts';
import { uploadFile } from '../../core/library/upload-file.ts';
import { readUploadRequest } from '../../core/library/upload-request.ts';
import { readForm } from './read-form.ts';
import type { Route } from './route.ts';

export interface UploadRouteDeps extends UploadFileDeps {
  readonly credentials: () => Promise<Credentials>;
  readonly edge: () => Promise<EdgeDescription>;
}

/** The upload, under every path that one of ImageKit's SDKs calls. */
export function uploadRoutes(deps: UploadRouteDeps): Route[] {
  return [ROUTES.upload, ROUTES.uploadV2, ROUTES.uploadAlias].map((path) => ({
    method: 'POST',
    path,
    handle: (request) => answerUpload(deps, request),
  }));
}

/** `POST` of a file. The key is checked before a byte of the form is read; settings are read before anything is stored. */
async function answerUpload(deps: UploadRouteDeps, request: Request): Promise<Response> {
  checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
  const { mediaHost } = await deps.edge();
  const asked = readUploadRequest(await readForm(request));
  const completed = await uploadFile(deps, asked);
  return Response.json(uploadAnswer(completed, urlEndpoint(mediaHost), asked.responseFields));
}
