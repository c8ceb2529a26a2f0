import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { updateFile } from '../../../../lambda/core/library/files/update-file.ts';
import type { TermStore } from '../../../../lambda/core/library/search/update-index.ts';
import { updateIndex } from '../../../../lambda/core/library/search/update-index.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

let world: LibraryWorld;
let terms: TermStore;

beforeAll(async () => {
  world = await startLibraryWorld();
  terms = world.deps.index as unknown as TermStore;
});
afterAll(() => world.close());

/** Under what a file is found, as the table has it. */
async function found(fileId: string): Promise<string[]> {
  const items = await world.items();
  const postings = items.filter(({ pk, sk }) => `${pk}`.startsWith('t#') && `${sk}`.endsWith(`#${fileId}`));
  return postings.map(({ pk, sk }) => `${pk} ${`${sk}`.split('#')[0]}`.trim());
}

const upload = async (name: string, tags: readonly string[]) =>
  (await world.upload(`/index/${name}`, 'x', { tags })).head.assetId;

describe('the index of a file', () => {
  it('has its words, its tags and who uploaded it, at once', async () => {
    expect(await found(await upload('Blue coat.txt', ['new']))).toEqual([
      't#createdBy#"private-key',
      't#name#bl blue',
      't#name#co coat',
      't#name#tx txt',
      't#tags#"new',
    ]);
  });

  it('follows its changes by what differs, until nothing is left', async () => {
    const fileId = await upload('a.txt', ['one', 'two']);
    await updateFile(world.deps, OWNER, { fileId, update: { tags: ['two', 'three'], description: 'A word' } });
    const updated = await found(fileId);
    await trashFile(world.deps, OWNER, { fileId });

    expect(updated).toEqual([
      't#createdBy#"private-key',
      't#description#a a',
      't#description#wo word',
      't#name#a a',
      't#name#tx txt',
      't#tags#"three',
      't#tags#"two',
    ]);
    expect(await found(fileId)).toEqual([]);
    expect((await world.items()).some(({ pk, sk }) => pk === `a#${fileId}` && sk === 'idx')).toBe(false);
  });

  it('is right in the end when a slow writer is overtaken, whatever it wrote last', async () => {
    const fileId = await upload('slow.txt', ['old']);
    const reached = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const slow: TermStore = {
      ...terms,
      addTerms: async (assetId, added) => {
        reached.resolve();
        await release.promise;
        await terms.addTerms(assetId, added);
      },
    };
    const quiet = { ...world.deps, store: world.deps.unfollowed };
    await updateFile(quiet, OWNER, { fileId, update: { tags: ['passing'] } });
    const late = updateIndex({ store: world.deps.store, terms: slow }, fileId);
    await reached.promise;
    await updateFile(world.deps, OWNER, { fileId, update: { tags: ['final'] } });
    release.resolve();
    await late;

    expect((await found(fileId)).filter((term) => term.startsWith('t#tags'))).toEqual(['t#tags#"final']);
  });

  it('takes any number of terms, and values as long as they may be', async () => {
    const fileId = await upload('long.txt', ['x'.repeat(400)]);
    const description = Array.from({ length: 400 }, (_, word) => `w${word}`).join(' ');
    await updateFile(world.deps, OWNER, { fileId, update: { description: `${description} ${'y'.repeat(2000)}` } });

    expect((await found(fileId)).length).toBeGreaterThan(400);
  });

  it('is nothing for a file that is gone', async () => {
    await expect(updateIndex({ store: world.deps.store, terms }, 'f'.repeat(24))).resolves.toBeUndefined();
  });
});
