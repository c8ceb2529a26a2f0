import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { withSignature } from '../../lambda/core/kernel/url-signature.ts';
import { CommandFailed } from '../command-failed.ts';

/** An original that can be asked for. */
export interface OriginalPlace {
  /** As the API tells it, with a query. */
  readonly url: string;
  readonly filePath: string;
}

/**
 * Asks for the bytes of a file or a version as they were uploaded.
 * @param signingKey signs the URL, for what is not seen without a signature
 * @throws CommandFailed when they are not delivered
 */
export async function fetchOriginal(place: OriginalPlace, signingKey?: string): Promise<AsyncIterable<Uint8Array>> {
  const original = `${place.url}${place.url.includes('?') ? '&' : '?'}tr=orig-true`;
  const url = signingKey === undefined ? original : signed({ ...place, url: original }, signingKey);
  const answer = await answerOf(url);
  if (answer.ok && answer.body) return answer.body;
  await answer.body?.cancel();
  const advice = signingKey === undefined ? ' A private file needs VITRINE_PRIVATE_KEY.' : '';
  throw new CommandFailed(`The original was answered ${answer.status}.${answer.status === 401 ? advice : ''}`);
}

/** The last pause is past the ten seconds for which CloudFront keeps an error ("Control how long CloudFront caches errors"). */
const ATTEMPTS = 6;

/** Again while the answer is a fault of the server, or that it is busy. @throws CommandFailed when nobody answers */
async function answerOf(url: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url).catch(() => undefined);
    const isPassing = !answer || answer.status === 429 || answer.status >= 500;
    if (answer && (!isPassing || attempt === ATTEMPTS)) return answer;
    if (attempt === ATTEMPTS) throw new CommandFailed(`${new URL(url).origin} does not answer.`);
    await answer?.body?.cancel();
    await pause(250 * 2 ** attempt);
  }
}

/** SHA-256 of the bytes, hexadecimal. */
export async function checksumOfOriginal(place: OriginalPlace, signingKey?: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of await fetchOriginal(place, signingKey)) hash.update(piece);
  return hash.digest('hex');
}

/** What is signed begins behind the URL endpoint. */
function signed({ url, filePath }: OriginalPlace, key: string): string {
  const { pathname, search, href } = new URL(url);
  const levels = filePath.split('/').length - 1;
  const relative = pathname.split('/').slice(-levels).join('/') + search;
  return withSignature({ base: href.slice(0, -relative.length), relative }, key);
}
