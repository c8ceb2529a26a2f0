import type { MediaRequest } from '../../core/delivery/deliver-image.ts';
import type { FileAccess } from '../../core/delivery/with-origins.ts';
import { withOrigins } from '../../core/delivery/with-origins.ts';
import { withPinned } from '../../core/delivery/with-pinned.ts';
import type { Report } from '../../core/kernel/report.ts';
import { checkHeader } from '../../core/render/check-image.ts';
import { endpointOfKey } from '../../core/request/variant-key.ts';

interface Origins {
  readonly findInOrigins: typeof import('../../core/delivery/find-in-origins.ts').findInOrigins;
  readonly fetchPinned: typeof import('../../core/delivery/fetch-pinned.ts').fetchPinned;
  readonly deps: ReturnType<typeof import('./origins.ts').composeOrigins>;
}

let loading: Promise<Origins> | undefined;

/**
 * The library, with what stays at its origin, and with the origins of the request's endpoint behind it. Nothing of the origins is
 * loaded before a file is missing in the library, or its bytes are not there.
 * @param request its variant's path names the endpoint; delivery has checked it before it looks for files
 */
export function composeFileAccess(library: FileAccess, request: MediaRequest, report: Report): FileAccess {
  const origins = () => {
    loading ??= loadOrigins();
    return loading;
  };
  const files = withPinned(library, async (pin) => {
    const { fetchPinned, deps } = await origins();
    return fetchPinned(deps, pin);
  });
  return withOrigins(files, async (path) => {
    const { findInOrigins, deps } = await origins();
    return findInOrigins({ ...deps, report }, endpointOfKey(request.path.slice(1)), {
      path,
      viewerHost: request.asked?.host,
    });
  });
}

async function loadOrigins(): Promise<Origins> {
  const [{ findInOrigins }, { fetchPinned }, { composeOrigins }] = await Promise.all([
    import('../../core/delivery/find-in-origins.ts'),
    import('../../core/delivery/fetch-pinned.ts'),
    import('./origins.ts'),
  ]);
  return { findInOrigins, fetchPinned, deps: composeOrigins(checkHeader) };
}
