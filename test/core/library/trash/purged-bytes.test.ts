import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM } from '../../../../lambda/core/accounts/owner.ts';
import { fileByPath } from '../../../../lambda/core/library/files/library-file.ts';
import { runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { sweepEffects } from '../../../../lambda/core/library/jobs/sweep-effects.ts';
import { endTrash } from '../../../../lambda/core/library/trash/end-trash.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { KilledWork } from '../jobs/killed-work.ts';
import { ORIGINALS, startKilledWork, storedPrefix, VARIANTS } from '../jobs/killed-work.ts';

/* Purges whose worker is killed before each of its writes, and taken up again. */
let library: KilledWork;

beforeAll(async () => {
  library = await startKilledWork();
});
afterAll(() => library.close());

/** Milliseconds until what is in the trash now has been there for its days. */
const TRASH_DAYS = 31 * 86_400_000;

/** The runs of the minute and of the day after. */
async function resume(): Promise<void> {
  const at = (clock: () => number) => ({ ...library.deps, clock });
  const soon = at(() => Date.now() + 3_600_000);
  await sweepEffects(soon);
  for (let run = 0; run < 3; run++) await runJobs(at(() => Date.now() + (run + 1) * 3_600_000));
  const late = at(() => Math.floor((Date.now() + TRASH_DAYS) / 3_600_000) * 3_600_000);
  await endTrash(late, SYSTEM);
  for (let run = 0; run < 3; run++) await runJobs(at(() => Date.now() + TRASH_DAYS + run * 3_600_000));
}

const isThere = (folderPath: string): Promise<boolean> =>
  fileByPath(library.deps.store, OWNER, 'files.read', { folderPath, name: 'file.txt' }).then(
    () => true,
    () => false,
  );

it.each([
  ['purge file', 6],
  ['purge folder', 7],
  ['empty trash', 7],
] as const)(
  '%s leaves no byte and no version in any bucket, wherever its worker is killed',
  async (work, atLeast) => {
    const folders: string[] = [];
    for (let writes = 0; ; writes++) {
      const from = `/${work.replace(' ', '-')}-${writes}`;
      folders.push(from);
      await library.put(`${from}/file.txt`);
      if (await library.killedAt({ work, from, to: '', writes })) break;
      await resume();
    }
    expect(folders.length).toBeGreaterThan(atLeast);
    await resume();

    const kept = (await Promise.all(folders.map(async (folder) => ({ folder, is: await isThere(folder) })))).filter(
      ({ is }) => is,
    );
    // What was killed before its first change has changed nothing.
    expect(kept.map(({ folder }) => folder)).toEqual(folders.slice(0, 1));
    const [originals, variants] = [await library.storedKeys(ORIGINALS), await library.storedKeys(VARIANTS)];
    for (const folder of folders.slice(1)) {
      expect(originals.filter((key) => key.startsWith(`media${folder}/`))).toEqual([]);
      expect(variants.filter((key) => key.startsWith(storedPrefix(`${folder}/file.txt`)))).toEqual([]);
    }
    expect(originals.filter((key) => key.startsWith(`media${folders[0]}/`))).toHaveLength(2);
    expect(library.world.reports).toEqual([]);
  },
  600_000,
);
