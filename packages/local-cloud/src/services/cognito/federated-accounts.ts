import { randomUUID } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';

/** What a directory said of somebody. */
export interface FederatedClaims {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[];
  readonly amr?: readonly string[];
}

/** Somebody's account at the user pool that their directory vouches for. */
export interface FederatedAccount {
  readonly subject: string;
  readonly directory: { readonly name: string; readonly type: 'OIDC' | 'SAML' };
  readonly claims: FederatedClaims;
}

/** Accounts that directories made; each sign-in brings what the directory says then. */
export class FederatedAccounts {
  readonly #file: string | undefined;
  readonly #accounts: Map<string, FederatedAccount>;

  private constructor(file: string | undefined, accounts: readonly FederatedAccount[]) {
    this.#file = file;
    this.#accounts = new Map(accounts.map((one) => [usernameOf(one), one]));
  }

  /** @param file undefined keeps accounts in memory */
  static async open(file: string | undefined): Promise<FederatedAccounts> {
    const state =
      file === undefined ? undefined : ((await readState(file)) as { accounts?: FederatedAccount[] } | undefined);
    return new FederatedAccounts(file, state?.accounts ?? []);
  }

  list(): readonly FederatedAccount[] {
    return [...this.#accounts.values()];
  }

  findBySubject(subject: string): FederatedAccount | undefined {
    return this.list().find((one) => one.subject === subject);
  }

  async signIn(directory: FederatedAccount['directory'], claims: FederatedClaims): Promise<FederatedAccount> {
    const before = this.#accounts.get(usernameOf({ directory, claims }));
    const account = { subject: before?.subject ?? randomUUID(), directory, claims };
    this.#accounts.set(usernameOf(account), account);
    await this.#write();
    return account;
  }

  async remove(username: string): Promise<boolean> {
    const was = this.#accounts.delete(username);
    await this.#write();
    return was;
  }

  async #write(): Promise<void> {
    if (this.#file !== undefined) await writeState(this.#file, { accounts: this.list() });
  }
}

/** As user pools name such accounts (AWS, "Mapping IdP attributes to profiles and tokens"). */
export const usernameOf = ({ directory, claims }: Pick<FederatedAccount, 'directory' | 'claims'>): string =>
  `${directory.name}_${claims.sub}`;

/** The claims of the pool's own token: `identities`, and lists as one text, in the form of each kind of provider. */
export function federatedClaims({ subject, directory, claims }: FederatedAccount) {
  const text = (list: readonly string[] = []) =>
    directory.type === 'SAML' ? `[${list.join(', ')}]` : JSON.stringify(list);
  return {
    sub: subject,
    email: claims.email,
    email_verified: claims.email_verified === true,
    identities: [{ userId: claims.sub, providerName: directory.name, providerType: directory.type, primary: 'true' }],
    'custom:groups': text(claims.groups),
    'custom:methods': text(claims.amr),
  };
}
