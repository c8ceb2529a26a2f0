import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { readState, writeState } from '../../json-state.ts';

/** Somebody who can sign in on this machine. */
export interface StoredAccount {
  readonly subject: string;
  readonly mail: string;
  /** PHC string of scrypt. */
  readonly password: string;
  /** The mailed first password: it must be replaced before anything else. */
  readonly isTemporary: boolean;
  readonly isDisabled: boolean;
}

/** Binary logarithm of the cost of one hash: 64 MB (OWASP, "Password Storage Cheat Sheet"). */
const COST = 16;
const costOf = (log: number) => ({ N: 2 ** log, r: 8, p: 2, maxmem: 256 * 1024 * 1024 });
const HASH_BYTES = 32;
const FORM = /^\$scrypt\$ln=(\d+),r=8,p=2\$([\w-]+)\$([\w-]+)$/;

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

/** The accounts of the issuer, in a file that only its owner may read. Passwords are there as hashes alone. */
export class AccountStore {
  readonly #file: string | undefined;
  readonly #accounts: Map<string, StoredAccount>;
  readonly #cost: number;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string | undefined, accounts: readonly StoredAccount[], cost: number) {
    this.#cost = cost;
    this.#file = file;
    this.#accounts = new Map(accounts.map((one) => [one.mail, one]));
  }

  /**
   * @param file undefined keeps accounts in memory
   * @param cost binary logarithm of the cost of a hash
   */
  static async open(file: string | undefined, cost = COST): Promise<AccountStore> {
    const state =
      file === undefined ? undefined : ((await readState(file)) as { accounts?: StoredAccount[] } | undefined);
    return new AccountStore(file, state?.accounts ?? [], cost);
  }

  find(mail: string): StoredAccount | undefined {
    return this.#accounts.get(mail.toLowerCase());
  }

  findBySubject(subject: string): StoredAccount | undefined {
    return [...this.#accounts.values()].find((one) => one.subject === subject);
  }

  /** @returns the first password, or undefined when there is an account with this address already */
  async create(mail: string): Promise<string | undefined> {
    if (this.find(mail)) return undefined;
    const password = randomBytes(12).toString('base64url');
    const account = { subject: randomUUID(), mail: mail.toLowerCase(), isTemporary: true, isDisabled: false };
    await this.#put({ ...account, password: await hashed(password, this.#cost) });
    return password;
  }

  async setPassword(account: StoredAccount, password: string): Promise<void> {
    await this.#put({ ...account, password: await hashed(password, this.#cost), isTemporary: false });
  }

  /** @returns false when another account has the address */
  async changeMail(account: StoredAccount, mail: string): Promise<boolean> {
    const holder = this.find(mail);
    if (holder && holder.subject !== account.subject) return false;
    this.#accounts.delete(account.mail);
    await this.#put({ ...account, mail: mail.toLowerCase() });
    return true;
  }

  async setDisabled(account: StoredAccount, isDisabled: boolean): Promise<void> {
    await this.#put({ ...account, isDisabled });
  }

  async remove(mail: string): Promise<boolean> {
    const was = this.#accounts.delete(mail.toLowerCase());
    await this.#write();
    return was;
  }

  /** It takes as long for an address that nobody has. */
  async checkPassword(account: StoredAccount | undefined, password: string): Promise<boolean> {
    const [, cost = this.#cost, salt = '', hash = ''] = FORM.exec(account?.password ?? '') ?? [];
    const found = await derive(password, Buffer.from(salt, 'base64url'), HASH_BYTES, costOf(Number(cost)));
    const expected = Buffer.from(hash, 'base64url');
    return expected.length === found.length && timingSafeEqual(expected, found);
  }

  async #put(account: StoredAccount): Promise<void> {
    this.#accounts.set(account.mail, account);
    await this.#write();
  }

  async #write(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    const accounts = [...this.#accounts.values()];
    this.#writing = this.#writing.catch(() => undefined).then(() => writeState(file, { accounts }));
    await this.#writing;
  }
}

async function hashed(password: string, cost: number): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, HASH_BYTES, costOf(cost));
  return `$scrypt$ln=${cost},r=8,p=2$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}
