import { DASHBOARD_ASSETS_PATH, DASHBOARD_PATH, dashboardPolicy } from '../contract/dashboard.ts';
import { problem } from '../core/kernel/problems.ts';
import type { DashboardDeps, DashboardFile } from './dashboard-files.ts';
import { MethodNotAllowed } from './routing.ts';

/** Named by their content: they never change. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Whether a path is the dashboard's. Its files are public; what they show is asked of the API by whoever is signed in. */
export const isOfDashboard = (pathname: string): boolean => `${pathname}/`.startsWith(DASHBOARD_PATH);

/**
 * Answers a path below `/dashboard/`: a file by its name, and the page for every other path, which the page reads itself.
 * @throws Problem route.unknown or method.not-allowed
 */
export async function answerDashboard(dashboard: DashboardDeps, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new MethodNotAllowed('The dashboard allows GET and HEAD.', ['GET', 'HEAD', 'OPTIONS']);
  if (!pathname.startsWith(DASHBOARD_PATH)) return Response.redirect(new URL(DASHBOARD_PATH, request.url), 308);
  if (pathname.startsWith(DASHBOARD_ASSETS_PATH)) return assetAnswer(dashboard, request, pathname);
  return pageAnswer(dashboard, request);
}

async function assetAnswer({ read }: DashboardDeps, request: Request, pathname: string): Promise<Response> {
  const file = await read(pathname.slice(DASHBOARD_PATH.length), takesBrotli(request));
  if (!file) throw problem('route.unknown', `The dashboard has no file "${pathname.slice(0, 200)}".`);
  return fileAnswer(file, { 'cache-control': FOREVER });
}

async function pageAnswer({ read, sources }: DashboardDeps, request: Request): Promise<Response> {
  const [page, allowed] = await Promise.all([read('index.html', takesBrotli(request)), sources()]);
  if (!page) throw problem('route.unknown', 'This deployment was made without the dashboard.');
  return fileAnswer(page, {
    'cache-control': 'no-cache',
    'content-security-policy': dashboardPolicy(allowed),
    // So that the first picture does not wait for the other host.
    link: `<${allowed.media}>; rel=preconnect`,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
}

function fileAnswer({ bytes, type, isBrotli }: DashboardFile, headers: Readonly<Record<string, string>>): Response {
  const coding = isBrotli && { 'content-encoding': 'br' };
  return new Response(bytes, { headers: { 'content-type': type, vary: 'accept-encoding', ...coding, ...headers } });
}

const takesBrotli = ({ headers }: Request): boolean =>
  (headers.get('accept-encoding') ?? '')
    .split(',')
    .some((coding) => /^\s*br\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/.test(coding));
