import { NOBODY } from '../core/accounts/authenticate.ts';
import { requirePermission, requireSomewhere } from '../core/accounts/policy.ts';
import { refusedAttempt } from '../core/audit/refused-attempts.ts';
import type { Caller } from '../core/kernel/caller.ts';
import { Problem, problem } from '../core/kernel/problems.ts';
import type { Report } from '../core/kernel/report.ts';
import type { UploadForm } from '../core/library/upload-form.ts';
import { preflightAnswer, problemAnswer, successAnswer } from './answers.ts';
import type { Authenticated } from './authenticated.ts';
import { authenticated, authenticatedByHeaders } from './authenticated.ts';
import { completed } from './completed-answer.ts';
import { refuseForeignSite } from './cross-site.ts';
import { answerDashboard, isOfDashboard } from './dashboard-pages.ts';
import type { ApiDeps } from './deps.ts';
import type { AnyOperation } from './operation.ts';
import { parseInput } from './parse-input.ts';
import { isPassing } from './passing-failure.ts';
import { senderOf } from './request-sender.ts';
import type { PathParameters, Routed } from './routing.ts';
import { router } from './routing.ts';
import { answerShare, SHARE_PREFIX } from './share-pages.ts';
import { answerSignIn, SIGN_IN_PREFIX } from './sign-in-pages.ts';

/** One call as it arrived. */
export interface Call {
  readonly requestId: string;
  /** @throws Problem for what is no web request */
  readonly read: () => Request;
  /** The body, where somebody read it already. @default the request has it */
  readonly form?: UploadForm | undefined;
  /** Where the connection comes from. */
  readonly address?: string | undefined;
  /** Whether it brings an access token. @default it does not */
  readonly hasToken?: boolean;
  readonly report: Report;
}

/**
 * The one place that finds an operation, authenticates, authorises, parses, runs and answers. The key is checked before
 * anything else, so that a stranger does not learn which paths there are, and before a byte of the body is read, but of a
 * form that may carry its own signature.
 * @param deps of one call
 * @returns never rejects: what is not a problem of the client's is reported and answered 500
 */
export function serve(operations: readonly AnyOperation[], deps: (call: Call) => ApiDeps) {
  const find = router(operations);
  return (call: Call): Promise<Response> =>
    settled(call, (request) => watched(deps(call), (ofCall) => answer(find, ofCall, request, call.form)));
}

/**
 * Says before a form is read whether its sender may send it, by all that can be known by then: operation, key, rights. A form
 * without a key may carry its own signature, which shows at its end.
 * @returns undefined when it may come; otherwise the refusal
 */
export function admit(operations: readonly AnyOperation[], deps: (call: Call) => ApiDeps) {
  const find = router(operations);
  return (call: Call): Promise<Response | undefined> =>
    settled(call, (request) => watched(deps(call), (ofCall) => refuseSender(find, ofCall, request)));
}

/** Runs one step of a call. What it throws becomes the answer. */
async function settled<Answer extends Response | undefined>(
  call: Call,
  step: (request: Request) => Promise<Answer>,
): Promise<Answer | Response> {
  let request: Request | undefined;
  try {
    request = call.read();
    const answer = await step(request);
    return answer && completed(answer, call.requestId);
  } catch (error) {
    const shown = shownFor(error);
    // What the network of another region fails with is nobody's fault here.
    if (!(error instanceof Problem) && shown.code !== 'home.away') call.report('api-failed', error);
    return completed(problemAnswer(shown, request), call.requestId);
  }
}

function shownFor(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const behind = problemBehind(error);
  if (behind?.code === 'home.away') return behind;
  if (isPassing(error)) return problem('busy', 'A service behind the API is asked too much; try again.');
  return problem('internal', 'The request could not be carried out.');
}

/** Libraries in between wrap what a client of ours threw. */
function problemBehind(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  return error instanceof Error && error.cause !== undefined ? problemBehind(error.cause) : undefined;
}

/** What is refused is told before the answer: afterwards the function may not run any more. */
async function watched<Answer>(deps: ApiDeps, step: (deps: ApiDeps) => Promise<Answer>): Promise<Answer> {
  try {
    return await step(deps);
  } catch (error) {
    if (error instanceof Problem) noteRefusal(deps, error, NOBODY);
    throw error;
  } finally {
    await deps.refusals.tell();
  }
}

function noteRefusal({ refusals }: ApiDeps, { code }: Problem, caller: Caller): void {
  const attempt = refusedAttempt(code, caller);
  if (attempt) refusals.note(attempt);
}

async function answer(
  find: ReturnType<typeof router>,
  deps: ApiDeps,
  request: Request,
  form: UploadForm | undefined,
): Promise<Response> {
  if (request.method === 'OPTIONS') return preflightAnswer();
  const { pathname } = new URL(request.url);
  if (pathname.startsWith(SIGN_IN_PREFIX))
    return answerSignIn(deps.people, request, senderOf(request, deps.account.address));
  if (pathname.startsWith(SHARE_PREFIX)) return answerShare(deps.shares, request);
  if (isOfDashboard(pathname)) return answerDashboard(deps.dashboard, request);
  const routed = attempt(() => find(request.method, pathname));
  const sender = await authenticated(routed, deps.account, request, form);
  if (routed instanceof Problem) throw routed;
  return run(routed, deps, sender, request).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    noteRefusal(deps, error, sender.caller);
    return problemAnswer(error, request, routed.operation);
  });
}

async function refuseSender(find: ReturnType<typeof router>, deps: ApiDeps, request: Request): Promise<undefined> {
  const routed = attempt(() => find(request.method, new URL(request.url).pathname));
  const caller = await authenticatedByHeaders(routed, deps.account, request);
  if (routed instanceof Problem) throw routed;
  if (caller) requireAccess(routed.operation, routed.parameters, caller);
  refuseForeignSite(routed.operation, request);
}

async function run(
  { operation, parameters }: Routed,
  deps: ApiDeps,
  { caller, form }: Authenticated,
  request: Request,
) {
  requireAccess(operation, parameters, caller);
  const isCounted = 'permission' in operation.access && operation.rateClass !== 'upload';
  if (isCounted) deps.account.countCall(caller, operation.rateClass);
  refuseForeignSite(operation, request);
  const input = await parseInput(operation, parameters, request, form);
  return successAnswer(operation, request, await operation.run(deps, caller, input));
}

function requireAccess({ access }: AnyOperation, { personId }: PathParameters, caller: Caller): void {
  if (!('permission' in access)) return;
  const { permission, inFolders, withEndpoints, own, notByKeys } = access;
  if (own && caller.kind === 'person' && (personId === 'me' || personId === caller.id)) return;
  if (notByKeys && caller.kind === 'restricted-key') {
    throw problem('permission.missing', 'A restricted key may not do this, whatever it is granted.');
  }
  if (inFolders) requireSomewhere(caller, permission);
  else if (withEndpoints) requireSomewhere(caller, permission, 'endpointIds');
  else requirePermission(caller, permission);
}

function attempt(find: () => Routed): Routed | Problem {
  try {
    return find();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
