import type { Handler } from 'local-cloud';
import { DASHBOARD_PATH } from '../lambda/contract/dashboard.ts';

export interface HomePage {
  readonly media: string;
  readonly api: string;
  readonly sampleLinks: readonly string[];
}

/** No script and nothing from elsewhere: pictures may only come from the media host of this start. */
const policyFor = (media: string): string => `default-src 'none'; style-src 'unsafe-inline'; img-src ${media}`;

/**
 * Answers `GET /` with a page that says where to go. It is the local program's own: in AWS the product answers `/`
 * itself, as it answers any other path.
 */
export function withHomePage(page: HomePage, handler: Handler): Handler {
  const html = homePage(page);
  return (request, response) => {
    const isHome = request.url === '/' && (request.method === 'GET' || request.method === 'HEAD');
    if (!isHome) return handler(request, response);
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(html),
      'content-security-policy': policyFor(page.media),
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : html);
  };
}

/** HTML without the private key: whoever opens the page need not see it. */
export function homePage({ media, api, sampleLinks }: HomePage): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vitrine on this machine</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
  img { display: block; max-width: 100%; max-height: 15rem; margin-bottom: .25rem; }
  ul { padding: 0; list-style: none; } li { margin-bottom: 1rem; } code { overflow-wrap: anywhere; }
</style>
<h1>Vitrine is running</h1>
<p>Media: ${link(media)}<br>API: ${link(api)}<br>Dashboard: ${link(`${api}${DASHBOARD_PATH}`)}<br>The keys are in the terminal that runs it.</p>
<h2>Sample pictures</h2>
<ul>
${sampleLinks.map((url) => `<li><a href="${escapeHtml(url)}"><img src="${escapeHtml(url)}" alt=""><code>${escapeHtml(url)}</code></a></li>`).join('\n')}
</ul>
<h2>Documentation</h2>
<p><a href="${escapeHtml(api)}/docs">The API</a>. In the repository, <code>docs/urls.md</code> documents image URLs, and
<code>docs/local-cloud.md</code> lists what this machine does not emulate.</p>
</html>
`;
}

const link = (url: string): string => `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
