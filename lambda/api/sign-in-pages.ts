import { DASHBOARD_PATH } from '../contract/dashboard.ts';
import { urlEndpoint } from '../contract/edge.ts';
import { CALLBACK_PATH, COMMAND_LINE_PATH } from '../contract/people.ts';
import { acceptInvitation } from '../core/accounts/people/accept-invitation.ts';
import { readProfile } from '../core/accounts/people/change-person.ts';
import { directoryOf } from '../core/accounts/people/directory-choice.ts';
import { signOut } from '../core/accounts/sessions/manage-sessions.ts';
import { completeSignIn } from '../core/accounts/sign-in/complete-sign-in.ts';
import type { SignInChecks } from '../core/accounts/sign-in/sign-in-provider.ts';
import type { SignInSender } from '../core/accounts/sign-in-history/sign-in-sender.ts';
import { problem } from '../core/kernel/problems.ts';
import { sha256Hex } from '../core/kernel/sha256.ts';
import type { PeopleDeps } from './deps.ts';
import { acceptedPage, invitationPage, PAGE_HEADERS_OF_SIGN_IN } from './invitation-page.ts';
import { cookieFor, noSessionCookie, readCookie, requireOwnPage, sessionCookie } from './session-cookie.ts';

/** Where a browser signs in and out. They answer redirects and one page, and are no operations of the API. */
export const SIGN_IN_PREFIX = '/auth/';

/** Suffix of the cookie that holds the checks of one sign-in. */
const CHECKS = '-sign-in';

/** Seconds for which a sign-in may take. */
const CHECKS_SECONDS = 600;

/** The page that people come to when nobody says where to. */
const HOME = DASHBOARD_PATH;

/** A sign-in that is under way. */
interface Started extends SignInChecks {
  readonly to: string;
}

/**
 * Answers a path below `/auth/`.
 * @param people undefined in a deployment without people
 * @param sender from where the request comes
 * @throws Problem people.off, route.unknown, sign-in.invalid, sign-in.refused, invitation.invalid, site.foreign or busy
 */
export async function answerSignIn(
  people: PeopleDeps | undefined,
  request: Request,
  sender: SignInSender,
): Promise<Response> {
  if (!people)
    throw problem('people.off', 'This deployment has no people: "people" in its configuration turns them on.');
  const { pathname } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case 'GET /auth/login':
      return begin(people, request);
    case `GET ${CALLBACK_PATH}`:
      return finish(people, request, sender);
    case 'POST /auth/logout':
      return leave(people, request, sender);
    case `GET ${COMMAND_LINE_PATH}`:
      return Response.json(people.commandLine);
    case 'GET /auth/invitation':
      return invitationPage(new URL(request.url).searchParams.get('token') ?? '');
    case 'POST /auth/invitation':
      return accept(people, request);
    default:
      throw problem('route.unknown', `The API has no path "${pathname.slice(0, 200)}" for ${request.method}.`);
  }
}

async function begin(people: PeopleDeps, request: Request): Promise<Response> {
  const secret = () => Buffer.from(people.randomBytes(32)).toString('base64url');
  const started: Started = { state: secret(), nonce: secret(), verifier: secret(), to: ownPath(request) };
  const isAgain = new URL(request.url).searchParams.get('again') === '1';
  const url = await people.signIn.begin(callbackOf(request), started, isAgain);
  const kept = Buffer.from(JSON.stringify(started)).toString('base64url');
  return redirect(url.href, [cookieFor(hostOf(request), CHECKS, kept, CHECKS_SECONDS)]);
}

/** A new session under a new secret, whatever the browser had before. */
async function finish(people: PeopleDeps, request: Request, sender: SignInSender): Promise<Response> {
  const started = readStarted(readCookie(request, CHECKS));
  if (!started)
    throw problem('sign-in.invalid', 'This sign-in was not begun in this browser, or ten minutes ago. Try again.');
  const returned = new URL(callbackOf(request));
  returned.search = new URL(request.url).search;
  const proven = await people.signIn.finish(returned, started);
  if (!proven) throw problem('sign-in.invalid', 'The sign-in was refused, or its answer was used before. Try again.');
  const host = hostOf(request);
  const session = await completeSignIn(people, proven, sender);
  return redirect(started.to, [sessionCookie(host, session), cookieFor(host, CHECKS, '', 0)]);
}

/** Only by our own page: another site could sign people out. */
async function leave(people: PeopleDeps, request: Request, sender: SignInSender): Promise<Response> {
  requireOwnPage(request);
  const secret = readCookie(request);
  if (secret !== undefined) await signOut(people, secret, sender);
  const url = await people.signIn.end(`${urlEndpoint(hostOf(request))}${HOME}`);
  return Response.json({ url: url?.href ?? HOME }, { headers: { 'set-cookie': noSessionCookie(hostOf(request)) } });
}

/** First the account, then the acceptance: whichever fails, the invitation can be accepted again. */
async function accept(people: PeopleDeps, request: Request): Promise<Response> {
  const token = new URLSearchParams(await request.text()).get('token') ?? '';
  const invited = await people.people.findByInvitation(sha256Hex(token));
  if (!invited)
    throw problem('invitation.invalid', 'This invitation has ended, was used, or never was one. Ask for a new one.');
  const { mail } = await readProfile(people, invited);
  // Whoever has an account at their directory gets none at the user pool, and no password.
  const hasPassword = !people.directoriesOnly && directoryOf(people, mail) === undefined;
  if (hasPassword) await people.accounts.create(mail);
  await acceptInvitation(people, token);
  return acceptedPage(hasPassword);
}

/** `to` when it is a path of this host and nothing that a browser reads as another one. */
function ownPath(request: Request): string {
  const to = new URL(request.url).searchParams.get('to') ?? HOME;
  const own = urlEndpoint(hostOf(request));
  const isPath = /^\/(?![/\\])[\x21-\x7e]*$/.test(to) && !to.includes('\\') && URL.canParse(to, own);
  if (isPath && new URL(to, own).origin === own && to.length <= 2000) return to;
  throw problem('sign-in.invalid', 'to must be a path of this host, such as /docs.');
}

function readStarted(kept: string | undefined): Started | undefined {
  try {
    return kept === undefined ? undefined : (JSON.parse(Buffer.from(kept, 'base64url').toString()) as Started);
  } catch {
    return undefined;
  }
}

const hostOf = ({ headers }: Request): string => headers.get('host') ?? '';

const callbackOf = (request: Request): string => `${urlEndpoint(hostOf(request))}${CALLBACK_PATH}`;

function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ ...PAGE_HEADERS_OF_SIGN_IN, location });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
