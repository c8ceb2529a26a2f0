import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { readBody } from '../../http/read-body.ts';
import type { AccountStore, StoredAccount } from './account-store.ts';
import type { FederatedAccounts } from './federated-accounts.ts';
import type { federation } from './federation.ts';
import type { MailedCodes } from './mailed-codes.ts';
import { codePage, newPasswordPage, signInPage, type WaysIn, writePage } from './pages.ts';
import { rememberedName, rememberName } from './remembered-name.ts';

export interface SignInStepsDeps {
  readonly provider: Provider;
  readonly accounts: AccountStore;
  readonly federated: FederatedAccounts;
  readonly federation: ReturnType<typeof federation>;
  readonly ways: WaysIn;
  readonly codes: MailedCodes;
  readonly sendMail: (to: string, subject: string, text: string) => Promise<unknown>;
  readonly now: () => number;
}

/** How far one attempt is: whose password was right, and whether it was a lasting one. */
type Attempt = { readonly step: 'new-password' | 'code'; readonly subject: string };

const FORM_BYTES = 4096;
const PASSWORD_CHARACTERS = 12;

/** Wrong passwords of one address in a while, after which none is looked at. */
const PASSWORD_TRIES = 10;
const WINDOW_MILLISECONDS = 900_000;

/** The steps of one sign-in: a directory of the pool, or password, a lasting one if it was mailed, mailed code. Each step is bound to the browser's attempt. */
export function signInSteps(deps: SignInStepsDeps) {
  const attempts = new Map<string, Attempt>();
  const wrong = new Map<string, number[]>();
  const recentlyWrong = (mail: string) => (wrong.get(mail) ?? []).filter((at) => at > deps.now() - WINDOW_MILLISECONDS);

  const toCode = async (uid: string, account: StoredAccount, response: ServerResponse) => {
    const code = deps.codes.make(uid, account.subject);
    if (code === undefined)
      return writePage(response, 429, signInPage(deps.ways, 'Too many wrong codes. Wait a quarter of an hour.'));
    attempts.set(uid, { step: 'code', subject: account.subject });
    await deps.sendMail(
      account.mail,
      'Your code',
      `Your code is ${code}. It holds for three minutes and can be used once.`,
    );
    writePage(response, 200, codePage());
  };

  const byPassword = async (uid: string, form: URLSearchParams, request: IncomingMessage, response: ServerResponse) => {
    const mail = (form.get('mail') ?? '').trim().toLowerCase();
    const account = deps.accounts.find(mail);
    const isRight = await deps.accounts.checkPassword(account, form.get('password') ?? '');
    if (!isRight || !account || account.isDisabled || recentlyWrong(mail).length >= PASSWORD_TRIES) {
      wrong.set(mail, [...recentlyWrong(mail), deps.now()]);
      return writePage(response, 401, signInPage(deps.ways, 'Mail address or password is wrong.'));
    }
    rememberName(request, response, { name: mail, isWanted: form.get('remember') === 'on' });
    if (!account.isTemporary) return toCode(uid, account, response);
    attempts.set(uid, { step: 'new-password', subject: account.subject });
    writePage(response, 200, newPasswordPage());
  };

  const byNewPassword = async (
    uid: string,
    account: StoredAccount,
    form: URLSearchParams,
    response: ServerResponse,
  ) => {
    const password = form.get('new-password') ?? '';
    if (password.length < PASSWORD_CHARACTERS || password.length > 256) {
      return writePage(response, 400, newPasswordPage(`A password has ${PASSWORD_CHARACTERS} to 256 characters.`));
    }
    await deps.accounts.setPassword(account, password);
    return toCode(uid, deps.accounts.find(account.mail) ?? account, response);
  };

  const byCode = async (
    uid: string,
    account: StoredAccount,
    form: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const verdict = deps.codes.check(uid, (form.get('code') ?? '').trim());
    if (verdict === 'wrong') return writePage(response, 401, codePage('The code is wrong.'));
    attempts.delete(uid);
    if (verdict === 'over') return writePage(response, 401, signInPage(deps.ways, 'The code has ended. Begin again.'));
    const login = { accountId: account.subject, amr: ['pwd', 'otp', 'mfa'], remember: false };
    await deps.provider.interactionFinished(request, response, { login });
  };

  const byDirectory = async (uid: string, ticket: string, request: IncomingMessage, response: ServerResponse) => {
    const taken = deps.federation.take(uid, ticket);
    if (!taken) return writePage(response, 400, signInPage(deps.ways, 'This sign-in has ended. Begin again.'));
    const { subject } = await deps.federated.signIn(taken.directory, taken.claims);
    await deps.provider.interactionFinished(request, response, { login: { accountId: subject, remember: false } });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Throws when the attempt is another browser's.
    const { uid } = await deps.provider.interactionDetails(request, response);
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket');
    if (request.method !== 'POST') {
      if (ticket !== null) return byDirectory(uid, ticket, request, response);
      return writePage(response, 200, signInPage(deps.ways, undefined, rememberedName(request)));
    }
    const body = await readBody(request, FORM_BYTES);
    const form = new URLSearchParams(Buffer.isBuffer(body) ? body.toString() : '');
    const directory = form.get('directory');
    if (directory !== null && deps.ways.directories.includes(directory)) {
      const { href } = await deps.federation.begin(uid, directory);
      return void response.writeHead(303, { location: href }).end();
    }
    if (!deps.ways.hasPasswords) return writePage(response, 403, signInPage(deps.ways, 'There are no passwords here.'));
    const attempt = attempts.get(uid);
    const account = attempt && deps.accounts.findBySubject(attempt.subject);
    if (form.has('password') || !attempt || !account) return byPassword(uid, form, request, response);
    if (attempt.step === 'new-password') return byNewPassword(uid, account, form, response);
    return byCode(uid, account, form, request, response);
  };
}
