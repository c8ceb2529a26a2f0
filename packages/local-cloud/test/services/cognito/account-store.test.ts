import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AccountStore } from '../../../src/services/cognito/account-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
const file = join(folder, 'accounts.json');

afterAll(() => rmSync(folder, { recursive: true }));

describe('the accounts of the issuer', () => {
  it('are kept with adaptive hashes alone, in a file of their owner (AUTH-021)', async () => {
    const accounts = await AccountStore.open(file);
    const password = (await accounts.create('jo@example.com')) ?? '';
    const kept = readFileSync(file, 'utf8');

    expect(password).toMatch(/^[\w-]{16}$/);
    expect(kept).not.toContain(password);
    const hashes = (JSON.parse(kept).state.accounts as { password: string }[]).map((one) => one.password);
    for (const hash of hashes) expect(hash).toMatch(/^\$scrypt\$ln=16,r=8,p=2\$[\w-]{22}\$[\w-]{43}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are there after a restart, and have one address in one spelling', async () => {
    const before = await AccountStore.open(file);
    const account = before.find('jo@example.com');
    if (!account) throw new Error('The account is gone.');
    await before.setPassword(account, 'a lasting password');
    const accounts = await AccountStore.open(file);

    expect(await accounts.create('JO@example.com')).toBeUndefined();
    expect(await accounts.checkPassword(accounts.find('Jo@Example.com'), 'a lasting password')).toBe(true);
    expect(await accounts.checkPassword(accounts.find('jo@example.com'), 'another password')).toBe(false);
    expect(await accounts.checkPassword(undefined, '')).toBe(false);
  });
});

/** Milliseconds of each kind of work, in turns, so that what else the machine does meets all alike. */
async function mediansOf(kinds: readonly (() => Promise<unknown>)[], rounds: number): Promise<readonly number[]> {
  const taken: number[][] = kinds.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of kinds.entries()) {
      const from = performance.now();
      await work();
      taken[index]?.push(performance.now() - from);
    }
  }
  return taken.map((times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
}

it('take as long to refuse a password of an address that nobody has', async () => {
  const accounts = await AccountStore.open(undefined, 12);
  await accounts.create('jo@example.com');
  const check = (mail: string) => () => accounts.checkPassword(accounts.find(mail), 'a wrong password');
  const withoutHash = async () => accounts.find('nobody@example.com') !== undefined;
  const [known = 0, unknown = 0, quick = 0] = await mediansOf(
    [check('jo@example.com'), check('nobody@example.com'), withoutHash],
    21,
  );

  const isApart = (one: number, other: number) => Math.abs(one - other) > Math.max(one, other) / 2;
  expect([isApart(known, unknown), known, unknown]).toEqual([false, known, unknown]);
  // What an early answer would look like crosses the bound.
  expect(isApart(known, quick)).toBe(true);
}, 60_000);
