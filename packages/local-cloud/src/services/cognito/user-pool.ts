import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from '../../listener.ts';
import type { Mailbox } from '../ses/mailbox.ts';
import { AccountStore } from './account-store.ts';
import { DIRECTORY_CALLBACK, type PoolDirectory } from './directory-place.ts';
import { FederatedAccounts } from './federated-accounts.ts';
import type { PoolClient } from './issuer.ts';
import { MailedCodes } from './mailed-codes.ts';
import { mailboxPage, writePage } from './pages.ts';
import { ProviderStorage } from './provider-storage.ts';
import { signInSteps } from './sign-in-steps.ts';
import { userPoolApi } from './user-pool-api.ts';

export interface UserPoolOptions {
  readonly poolId: string;
  /** Base URL of the issuer, without a slash at the end. */
  readonly url: string;
  /** Secrets are made from what the issuer keeps. */
  readonly clients: readonly (Omit<PoolClient, 'secret'> & { readonly isPublic?: boolean })[];
  /** The pool's identity providers. @default none */
  readonly directories?: readonly PoolDirectory[];
  /** Whether the pool's own accounts sign in, too. @default true */
  readonly hasPasswords?: boolean;
  readonly mailbox: Mailbox;
  /** A file of the state, by its name. @default everything is in memory */
  readonly fileOf?: (name: string) => string;
  readonly now?: () => number;
  /** Binary logarithm of the cost of a password's hash. @default what is safe */
  readonly hashCost?: number;
}

/** Answers a user pool's own API, its issuer, the pages of a sign-in, and the mailbox of this machine. */
export async function startUserPool(options: UserPoolOptions) {
  const { poolId, url, mailbox, fileOf, now = Date.now, directories = [], hasPasswords = true } = options;
  const accounts = await AccountStore.open(fileOf?.('accounts.json'), options.hashCost);
  const federated = await FederatedAccounts.open(fileOf?.('federated-accounts.json'));
  const storage = await ProviderStorage.open(fileOf?.('sign-ins.json'));
  const sendMail = (to: string, subject: string, text: string) =>
    mailbox.put({ from: 'no-reply@user-pool.local', to: [to], subject, text }, new Date(now()));
  const clients = options.clients.map(({ isPublic, ...client }) => ({
    ...client,
    ...(!isPublic && { secret: randomBytes(32).toString('base64url') }),
  }));
  const makeProvider = async () => {
    // The library is large, and most programs end without a sign-in: it is loaded for the first one.
    const [{ makeIssuer }, { issuerKeys }, { federation: federate }] = await Promise.all([
      import('./issuer.ts'),
      import('./issuer-keys.ts'),
      import('./federation.ts'),
    ]);
    const keys = await issuerKeys(fileOf?.('issuer.json'));
    const provider = makeIssuer({ url, clients, accounts, federated, storage, keys });
    const federation = federate(url, directories, now);
    const ways = { hasPasswords, directories: directories.map(({ name }) => name) };
    const codes = new MailedCodes(now);
    const answerStep = signInSteps({ provider, accounts, federated, federation, ways, codes, sendMail, now });
    return { answerProvider: provider.callback(), answerStep, federation };
  };
  let made: ReturnType<typeof makeProvider> | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> => {
    made ??= makeProvider();
    const { answerProvider, answerStep, federation } = await made;
    const directory = await federation.directoryAt(pathname);
    if (directory) await directory(request, response);
    else if (pathname === DIRECTORY_CALLBACK) {
      const location = await federation.receive(new URL(request.url ?? '/', url));
      response.writeHead(303, { location }).end();
    } else if (pathname.startsWith('/interaction/')) await answerStep(request, response);
    else await answerProvider(request, response);
  };
  const handle: Handler = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', url);
    if (pathname === '/mailbox') return writePage(response, 200, mailboxPage(mailbox.list()));
    void answer(request, response, pathname).catch(() => {
      if (!response.headersSent)
        writePage(response, 400, 'This sign-in has ended, or is another browser’s. Begin again.');
    });
  };
  return {
    handle,
    accounts,
    api: userPoolApi({ poolId, clients, accounts, federated, sendMail }),
    close: () => storage.close(),
  };
}
