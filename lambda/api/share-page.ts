import type { Problem } from '../core/kernel/problems.ts';
import type { LibraryFile } from '../core/library/files/library-file.ts';
import type { Share } from '../core/library/shares/share.ts';
import { ORIGINAL } from '../core/library/shares/share.ts';

/** Nobody is told where a visitor came from: the link is the key. Nothing keeps the page, and no robot lists it. */
export const PAGE_HEADERS_OF_SHARE = {
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
};

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#16191f;background:#fff}' +
  'ul{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr))}' +
  'li{border:1px solid #8c8c94;border-radius:.5rem;padding:1rem;overflow-wrap:anywhere}' +
  'img{display:block;width:100%;height:10rem;object-fit:contain}' +
  'a{color:#005276;margin-right:.75rem}input,button{font:inherit;padding:.4rem .75rem}' +
  '@media(prefers-color-scheme:dark){body{color:#e9ebed;background:#0f1b2a}a{color:#7cc4f2}}';

/** Where a page is, and what its pictures come from. */
export interface SharePlace {
  /** Of the link's page. */
  readonly path: string;
  /** Base URL of media. */
  readonly media: string;
}

/** The files of a link, with a small picture of each that is one, and a link for every form. */
export function sharePage(share: Share, files: readonly LibraryFile[], { path, media }: SharePlace): Response {
  const items = files.map((file) => fileItem(file, share.forms, path)).join('');
  const until = `<p>This page can be opened until ${share.expiresAt.slice(0, 16).replace('T', ' ')} UTC.</p>`;
  const body = files.length === 0 ? '<p>Nothing is left of what was shared.</p>' : `<ul>${items}</ul>`;
  return page(200, share.name, body + until, `'self' ${new URL(media).origin}`);
}

export const passwordPage = (share: Share): Response =>
  page(
    200,
    share.name,
    '<form method="post"><label for="password">Password</label> <input id="password" name="password" type="password" required autocomplete="off"> <button>Open</button></form>',
  );

export function problemPage({ status, message, code }: Problem): Response {
  const again = code === 'share.password' ? ' Go back and try again.' : '';
  return page(status, 'Shared files', `<p>${escaped(message)}${again}</p>`);
}

function fileItem({ head }: LibraryFile, forms: readonly string[], path: string): string {
  const at = `${escaped(path)}/files/${head.assetId}`;
  const picture =
    head.fileType === 'image' ? `<img src="${at}/ik_ml_thumbnail" alt="${escaped(head.name)}" loading="lazy">` : '';
  const links = forms.map((form) => `<a href="${at}/${encodeURIComponent(form)}">${escaped(wordOf(form))}</a>`);
  return `<li>${picture}<h2>${escaped(head.name)}</h2><p>${sizeOf(head.size)}</p><p>${links.join('')}</p></li>`;
}

const wordOf = (form: string): string => (form === ORIGINAL ? 'Download the original' : `Download as ${form}`);

/** Of the original. */
const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

function page(status: number, title: string, body: string, pictures = "'none'"): Response {
  const heading = escaped(title);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title><style>${STYLE}</style></head><body><main><h1>${heading}</h1>${body}</main></body></html>`;
  const policy = `default-src 'none'; img-src ${pictures}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
  const headers = {
    ...{ ...PAGE_HEADERS_OF_SHARE, 'content-type': 'text/html; charset=utf-8' },
    'content-security-policy': policy,
  };
  return new Response(html, { status, headers });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
