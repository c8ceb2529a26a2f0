import { settableFaults, startFaultProxy } from 'local-cloud/faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyFile } from '../../../../lambda/core/library/files/copy-file.ts';
import { fileByPath } from '../../../../lambda/core/library/files/library-file.ts';
import { moveFile } from '../../../../lambda/core/library/files/move-file.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const copyOf = (name: string, deps: WorldDeps, idOf?: (attempt: number, part: string) => string) =>
  copyFile(
    deps,
    OWNER,
    { source: { folderPath: '/in', name }, destination: '/out', withVersions: true },
    ...(idOf ? [idOf] : []),
  );

const copied = (name: string, folderPath = '/out') =>
  fileByPath(world.deps.store, OWNER, 'files.read', { folderPath, name });

/** Deps whose commits do something else, once the change is committed or before. */
const committing = (
  commit: (deps: WorldDeps, ...args: Parameters<WorldDeps['store']['commit']>) => unknown,
): WorldDeps => ({
  ...world.deps,
  store: {
    ...world.deps.store,
    commit: async (change, event) => {
      const outcome = await world.deps.store.commit(change, event);
      if (event.action === 'file.copied') await commit(world.deps, change, event);
      return outcome;
    },
  },
});

describe('a copy of which nobody knows whether it was committed', () => {
  it('keeps its bytes and is given when it was', async () => {
    await world.upload('/in/lost.txt', 'one');
    await world.upload('/in/lost.txt', 'two');
    const losing = committing(() => {
      throw new Error('The answer was lost.');
    });

    const { head } = await copyOf('lost.txt', losing);
    expect([(await copied('lost.txt')).head.assetId, world.objects.get(head.objectKey)]).toEqual([head.assetId, 'two']);
    expect((await world.deps.store.versions(head.histories[0]?.id ?? '')).map(({ isStaged }) => isStaged)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('keeps them also when the copy was moved on meanwhile', async () => {
    await world.upload('/in/moved.txt', 'text');
    const losing = committing(async (deps) => {
      await moveFile(deps, OWNER, { source: { folderPath: '/out', name: 'moved.txt' }, destination: '/on' });
      throw new Error('The answer was lost.');
    });

    await copyOf('moved.txt', losing);
    expect(world.objects.get((await copied('moved.txt', '/on')).head.objectKey)).toBe('text');
  });

  it('leaves neither bytes nor records when it was not, and cannot be committed any more', async () => {
    await world.upload('/in/never.txt', 'text');
    const before = [...world.objects.keys()];
    let late: (() => Promise<unknown>) | undefined;
    const failing: WorldDeps = {
      ...world.deps,
      store: {
        ...world.deps.store,
        commit: async (change, event) => {
          if (event.action !== 'file.copied') return world.deps.store.commit(change, event);
          late = () => world.deps.store.commit(change, event);
          throw new Error('The request was lost.');
        },
      },
    };

    await expect(copyOf('never.txt', failing)).rejects.toThrow('The request was lost.');
    expect([...world.objects.keys()]).toEqual(before);
    expect((await world.items()).filter(({ isStaged }) => isStaged)).toEqual([]);
    expect(await late?.()).toMatchObject({ kind: 'refused' });
    expect((await refusalOf(copied('never.txt'))).code).toBe('file.missing');
  });

  it('is made once by a job that does not know of it', async () => {
    await world.upload('/in/again.txt', 'text');
    const idOf = (_: number, part: string) => `${part}again`.slice(-24);
    const { head } = await copyOf('again.txt', world.deps, idOf);
    await moveFile(world.deps, OWNER, { source: { folderPath: '/out', name: 'again.txt' }, destination: '/kept' });

    await expect(copyOf('again.txt', world.deps, idOf)).rejects.toThrow('The copy was shown before.');
    expect(world.objects.get(head.objectKey)).toBe('text');
  });
});

it('is made once while the table loses answers', async () => {
  await world.upload('/in/faults.txt', 'text');
  const faults = settableFaults({ seed: 3, faults: [{ at: 'dynamodb', fault: 'lose-answer', percent: 20 }] });
  const faulty = await startFaultProxy({ target: world.endpoint, at: 'dynamodb', faults });
  const { head } = await copyOf('faults.txt', world.depsAt(faulty.endpoint));
  await faulty.close();

  expect(Object.values(faults.counts).some((count) => count > 0)).toBe(true);
  expect(world.objects.get(head.objectKey)).toBe('text');
});
