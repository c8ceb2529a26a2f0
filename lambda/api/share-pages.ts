import { signMediaUrl } from '../core/delivery/sign-media-url.ts';
import { Problem, problem } from '../core/kernel/problems.ts';
import type { OpenShare } from '../core/library/shares/open-share.ts';
import { openShare, sharedFile, sharedFiles, unlockShare } from '../core/library/shares/open-share.ts';
import type { Share } from '../core/library/shares/share.ts';
import { ORIGINAL } from '../core/library/shares/share.ts';
import type { SharesDeps } from './deps.ts';
import { MethodNotAllowed } from './routing.ts';
import { cookieFor, readCookie } from './session-cookie.ts';
import { PAGE_HEADERS_OF_SHARE, passwordPage, problemPage, sharePage } from './share-page.ts';

/** Where people look at what was shared with them: pages, which are no operations of the API. */
export const SHARE_PREFIX = '/share/';

/** Seconds for which a file may be fetched after it was asked for. */
const FETCH_SECONDS = 300;

/** The form of the small pictures on the page. */
const THUMBNAIL = 'ik_ml_thumbnail';

/** Characters of a form with a password, escaped. */
const FORM_CHARACTERS = 2000;

/** Answers a path below `/share/`: the page of a link, and its files, by a redirect to where they are delivered. */
export async function answerShare(deps: SharesDeps, request: Request): Promise<Response> {
  try {
    return await answer(deps, request);
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return problemPage(error);
    throw error;
  }
}

async function answer(deps: SharesDeps, request: Request): Promise<Response> {
  const [link = '', ...rest] = new URL(request.url).pathname.slice(SHARE_PREFIX.length).split('/');
  const opened = await openShare(deps, link, readCookie(request, cookieOf(link)));
  if (rest.length === 0) return pageOf(deps, request, link, opened);
  requireMethod(request, ['GET', 'HEAD']);
  const [files, fileId, form = ''] = rest;
  if (files !== 'files' || fileId === undefined || rest.length > 3) throw unknown();
  if (opened.isLocked) throw problem('share.password', 'This link has a password. Open its page first.');
  return toFile(deps, opened.share, fileId, decoded(form));
}

async function pageOf(deps: SharesDeps, request: Request, link: string, opened: OpenShare): Promise<Response> {
  const { share, isLocked } = opened;
  requireMethod(request, ['GET', 'HEAD', 'POST']);
  if (request.method === 'POST') return unlocked(deps, request, link, share);
  if (isLocked) return passwordPage(share);
  return sharePage(share, await sharedFiles(deps, share), {
    path: `${SHARE_PREFIX}${link}`,
    media: await deps.mediaUrl(),
  });
}

/** The page asks itself again, so that going back asks for no form to be sent twice. */
async function unlocked(deps: SharesDeps, request: Request, link: string, share: Share): Promise<Response> {
  const text = await request.text();
  const password = text.length > FORM_CHARACTERS ? '' : (new URLSearchParams(text).get('password') ?? '');
  const { proof, seconds } = await unlockShare(deps, share, password);
  const cookie = cookieFor(request.headers.get('host') ?? '', cookieOf(link), proof, seconds);
  const headers = { ...PAGE_HEADERS_OF_SHARE, location: `${SHARE_PREFIX}${link}`, 'set-cookie': cookie };
  return new Response(null, { status: 303, headers });
}

async function toFile(deps: SharesDeps, share: Share, fileId: string, form: string): Promise<Response> {
  const isThumbnail = form === THUMBNAIL;
  const file = await sharedFile(deps, share, { fileId, ...(!isThumbnail && { form }) });
  const until = Math.floor(deps.clock() / 1000) + FETCH_SECONDS;
  const transformation = form === ORIGINAL ? 'orig-true' : `n-${form}`;
  const asked = { path: file.path, transformation, until, isDownload: !isThumbnail };
  const location = signMediaUrl(await deps.mediaUrl(), asked, await deps.privateKey());
  return new Response(null, { status: 302, headers: { ...PAGE_HEADERS_OF_SHARE, location } });
}

/** Each link has a cookie of its own; the secret is in none. */
const cookieOf = (link: string): string => `-share-${link.slice(0, 24).replace(/[^0-9a-f]/g, '')}`;

function requireMethod({ method }: Request, allowed: readonly string[]): void {
  if (!allowed.includes(method)) throw new MethodNotAllowed(`This page allows ${allowed.join(', ')}.`, allowed);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw unknown();
  }
}

const unknown = () => problem('share.missing', 'The link shows no such file in this form.');
