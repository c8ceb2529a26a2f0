import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareStore } from '../../../../lambda/adapters/accounts-table/shares.ts';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { LibraryFile } from '../../../../lambda/core/library/files/library-file.ts';
import { createShare, listShareAccesses, revokeShare } from '../../../../lambda/core/library/shares/manage-shares.ts';
import { openShare, unlockShare } from '../../../../lambda/core/library/shares/open-share.ts';
import type { LibraryFixture } from '../../../adapters/library-fixture.ts';
import { startLibraryFixture } from '../../../adapters/library-fixture.ts';
import { OWNER } from '../../kernel/callers.ts';
import { libraryDeps } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

/* On a real table; the accounts table has the keys of the library's. */
let table: LibraryFixture;
let now = 1_795_564_800_000;

const depsNow = () => ({
  ...libraryDeps(table),
  shares: shareStore(table.client, table.table, table.commit),
  clock: () => now,
  randomBytes,
});

const FILE = {
  head: { assetId: 'a'.repeat(24), isPrivate: false },
  folder: { chain: ['root'], isPrivate: false },
} as unknown as LibraryFile;

beforeAll(async () => {
  table = await startLibraryFixture();
});
afterAll(() => table?.close());

const made = (password?: string) =>
  createShare(depsNow(), OWNER, { name: 'Kit', files: [FILE], forms: ['original'], password, seconds: 3600 });

const MISSING = { code: 'share.missing' };

describe('a link', () => {
  it('is open until it ends, and to nobody with another secret', async () => {
    const { link, share } = await made();
    const other = `${link.slice(0, 30)}${link[30] === 'A' ? 'B' : 'A'}${link.slice(31)}`;

    expect(await openShare(depsNow(), link, undefined)).toEqual({ share, isLocked: false });
    for (const wrong of [other, link.slice(0, -1), `${link}A`, '', '0'.repeat(67), '../x']) {
      expect(await refusalOf(openShare(depsNow(), wrong, undefined))).toMatchObject(MISSING);
    }
    now += 3_600_000;
    expect(await refusalOf(openShare(depsNow(), link, undefined))).toMatchObject(MISSING);
  });

  it('leads to nothing from the moment at which it is revoked, which is told without its secret', async () => {
    const { link, share } = await made('a long password');
    await revokeShare(depsNow(), OWNER, share.id);
    const events = (await table.events()).filter(({ object }) => object.id === share.id);

    expect(await refusalOf(openShare(depsNow(), link, undefined))).toMatchObject(MISSING);
    expect(events.map(({ action }) => action).toSorted()).toEqual(['share.created', 'share.revoked']);
    for (const secret of [
      link.slice(24),
      share.digest,
      share.proofKey,
      share.password?.hash ?? '',
      'a long password',
    ]) {
      expect(JSON.stringify(events)).not.toContain(secret);
    }
  });

  it('is stored without its secret and without its password', async () => {
    const { link } = await made('a long password');
    const stored = JSON.stringify(await table.items());

    expect(stored).not.toContain(link.slice(24));
    expect(stored).not.toContain('a long password');
  });
});

describe('a link with a password', () => {
  it('is locked until the password was told, and again a day later', async () => {
    const { link, share } = await made('pässword!');
    const isLocked = async (proof?: string) => (await openShare(depsNow(), link, proof)).isLocked;
    const { proof, seconds } = await unlockShare(depsNow(), share, 'pa\u0308ssword!');

    expect([await isLocked(), await isLocked(proof), await isLocked(`${proof}0`), await isLocked('x')]).toEqual([
      ...[true, false, true, true],
    ]);
    const later = { ...depsNow(), clock: () => now + seconds * 1000 };
    const lasting = { ...share, expiresAt: new Date(now + 10 * seconds * 1000).toISOString() };
    const kept = { ...later, shares: { ...later.shares, find: async () => lasting } };
    expect((await openShare(kept, link, proof)).isLocked).toBe(true);
  });

  it('is not opened by the proof of another link', async () => {
    const [one, other] = [await made('a long password'), await made('a long password')];
    const { proof } = await unlockShare(depsNow(), one.share, 'a long password');

    expect((await openShare(depsNow(), other.link, proof)).isLocked).toBe(true);
  });

  it('takes so many tries in a quarter of an hour, the right password too, and no more', async () => {
    now = Math.ceil(now / 900_000) * 900_000;
    const { share } = await made('a long password');
    const tried = async (password: string) => (await refusalOf(unlockShare(depsNow(), share, password))).code;
    for (let count = 0; count < LIMITS.sharePasswordTries; count++) expect(await tried('wrong')).toBe('share.password');

    expect(await tried('a long password')).toBe('share.tries');
    now += 900_000;
    expect(await tried('a long password')).toBeUndefined();
    const kinds = (await listShareAccesses(depsNow(), OWNER, share.id)).map(({ kind }) => kind);
    expect(kinds).toEqual(Array(LIMITS.sharePasswordTries).fill('wrong-password'));
  });

  it('takes the right password as often as it is told, and counts the wrong ones only', async () => {
    now = Math.ceil(now / 900_000) * 900_000;
    const { share } = await made('a long password');
    const tried = async (password: string) => (await refusalOf(unlockShare(depsNow(), share, password))).code;
    for (let count = 0; count <= LIMITS.sharePasswordTries; count++) {
      expect(await tried('a long password')).toBeUndefined();
    }
    for (let count = 0; count < LIMITS.sharePasswordTries; count++) expect(await tried('wrong')).toBe('share.password');

    expect(await tried('wrong')).toBe('share.tries');
  });
});
