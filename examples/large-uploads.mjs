/*
 * ImageKit's SDKs send a file in one request, and the API takes 4.5 MB in one. Given to an SDK as its `fetch`, this sends larger
 * files in parts, and gives the SDK the answer that it expects:
 *
 *   import { largeUploads } from './large-uploads.mjs';
 *   const client = new ImageKit({ privateKey, baseURL, fetch: largeUploads() });
 *   await client.files.upload({ file: createReadStream('film.mp4'), fileName: 'film.mp4' });
 */

/** Bytes of a file that still go in one request. */
const ONE_REQUEST = 4_400_000;

/** Parts that are sent side by side. */
const SIDE_BY_SIDE = 3;

/** Attempts at one part, and at the completion, which may take longer than its answer is waited for. */
const ATTEMPTS = 4;

const UPLOAD_PATH = /\/(api\/v[12]|v1)\/files\/upload\/?$/;

/** @param {typeof fetch} send makes the calls */
export function largeUploads(send = fetch) {
  return async (url, init) => {
    const { pathname } = new URL(url instanceof Request ? url.url : url);
    const form = init?.body;
    if (!UPLOAD_PATH.test(pathname) || !(form instanceof FormData)) return send(url, init);
    const file = await toBlob(form.get('file'));
    if (!file || file.size <= ONE_REQUEST) return send(url, init);
    return sendInParts(apiOf(send, url, init), form, file);
  };
}

/** A file as base64 is text; text that names a URL is fetched by the API. */
async function toBlob(file) {
  if (typeof file !== 'string') return file ?? undefined;
  if (file.length <= ONE_REQUEST || /^https?:/i.test(file)) return undefined;
  return (await fetch(file.startsWith('data:') ? file : `data:application/octet-stream;base64,${file}`)).blob();
}

/** Calls of the API where the upload would have gone to, with the same key. */
function apiOf(send, url, { headers, signal }) {
  const base = String(url).replace(UPLOAD_PATH, '').replace(/\?.*$/, '');
  const authorization = new Headers(headers).get('authorization');
  const call = (path, body) =>
    send(`${base}/v1/uploads${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      signal,
      ...(body && { body: JSON.stringify(body) }),
    });
  const put = (target, body, partHeaders) => send(target, { method: 'PUT', headers: partHeaders, body, signal });
  return { call, put };
}

async function sendInParts({ call, put }, form, file) {
  const parameters = Object.fromEntries([...form].filter(([name]) => name !== 'file'));
  const begun = await call('', { ...parameters, size: file.size, ...(file.type && { contentType: file.type }) });
  if (!begun.ok) return begun;
  const { uploadId, partSize, partCount } = await begun.json();
  for (let first = 1; first <= partCount; first += SIDE_BY_SIDE) {
    const count = Math.min(SIDE_BY_SIDE, partCount - first + 1);
    const parts = await Promise.all(
      Array.from({ length: count }, (_, index) => readPart(file, first + index, partSize)),
    );
    const signed = await call(`/${uploadId}/parts`, { parts: parts.map(({ number, sha256 }) => ({ number, sha256 })) });
    if (!signed.ok) return signed;
    const { parts: targets } = await signed.json();
    await Promise.all(targets.map(({ url, headers }, index) => repeat(() => put(url, parts[index].bytes, headers))));
  }
  return repeat(() => call(`/${uploadId}/complete`));
}

async function readPart(file, number, partSize) {
  const bytes = await file.slice((number - 1) * partSize, number * partSize).arrayBuffer();
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return { number, bytes, sha256: btoa(String.fromCharCode(...new Uint8Array(digest))) };
}

/** Again while the answer is a fault of the server or there is none; the last answer is the SDK's to read. */
async function repeat(attempt) {
  for (let count = 1; ; count++) {
    try {
      const answer = await attempt();
      if (answer.status < 500 || count === ATTEMPTS) return answer;
    } catch (error) {
      if (count === ATTEMPTS || error?.name === 'AbortError') throw error;
    }
    await new Promise((done) => setTimeout(done, 250 * 2 ** count));
  }
}
