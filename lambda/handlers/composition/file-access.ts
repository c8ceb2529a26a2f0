import type { MediaRequest } from '../../core/delivery/deliver-image.ts';
import type { FindInOriginsDeps } from '../../core/delivery/find-in-origins.ts';
import type { FileAccess } from '../../core/delivery/with-origins.ts';
import { withOrigins } from '../../core/delivery/with-origins.ts';
import type { Report } from '../../core/kernel/report.ts';
import { checkHeader } from '../../core/render/check-image.ts';
import { endpointOfKey } from '../../core/request/variant-key.ts';

type Search = typeof import('../../core/delivery/find-in-origins.ts').findInOrigins;

let origins: Promise<readonly [Search, Omit<FindInOriginsDeps, 'report'>]> | undefined;

/**
 * The library with the origins of the request's endpoint behind it. Nothing of the origins is loaded before a file is
 * missing in the library.
 * @param request its variant's path names the endpoint; delivery has checked it before it looks for files
 */
export function composeFileAccess(library: FileAccess, request: MediaRequest, report: Report): FileAccess {
  return withOrigins(library, async (path) => {
    origins ??= loadOrigins();
    const [findInOrigins, deps] = await origins;
    return findInOrigins({ ...deps, report }, endpointOfKey(request.path.slice(1)), {
      path,
      viewerHost: request.asked?.host,
    });
  });
}

async function loadOrigins() {
  const [{ findInOrigins }, { composeOrigins }] = await Promise.all([
    import('../../core/delivery/find-in-origins.ts'),
    import('./origins.ts'),
  ]);
  return [findInOrigins, composeOrigins(checkHeader)] as const;
}
