import { expect } from 'vitest';
import { attack, elsewhere } from './attack-case.ts';
import { call, details, listed, readVersions, uploadText } from './library-calls.ts';
import type { Target } from './target.ts';

const statuses = async (calls: readonly Promise<Response>[]): Promise<number[]> =>
  (await Promise.all(calls)).map(({ status }) => status);

/** Versions are numbered without a gap, the newest is the current one, and each is delivered as it was sent. */
async function expectWholeHistory(target: Target, fileId: string, sent: ReadonlySet<string>, count: number) {
  const versions = await readVersions(target, fileId);
  expect(versions.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
    Array.from({ length: count }, (_, index) => index + 1),
  );
  expect((await details(target, fileId)).versionInfo.name).toBe(`Version ${count}`);
  expect(new Set(versions.map(({ text }) => text))).toEqual(sent);
}

/** Writers at the same time. */
export const RACE_CASES = [
  attack('RACE-001', 'two editors save one file: the second is told that it has changed', async (target) => {
    const { fileId } = await uploadText(target, '/race/editors.txt', 'text');
    const { headers } = await target.api('GET', `/v1/files/${fileId}/details`);
    const save = (description: string) =>
      call(target, 'PATCH', `/v1/files/${fileId}/details`, { description }, { 'if-match': headers.get('etag') ?? '' });

    expect((await statuses([save('one'), save('other')])).sort()).toEqual([200, 412]);
  }),
  attack('RACE-002', 'a hundred replaces of one file at once, and as many versions', async (target) => {
    const texts = Array.from({ length: 100 }, (_, index) => `replaced by ${index}`);
    const answers = await Promise.all(texts.map((text) => uploadText(target, '/race/replaced.txt', text)));

    expect(new Set(answers.map(({ fileId }) => fileId)).size).toBe(1);
    await expectWholeHistory(target, answers[0]?.fileId ?? '', new Set(texts), texts.length);
  }),
  elsewhere('RACE-004', 'delete beside replace, restore, move and copy', 'proofs/library-model.ts'),
  attack(
    'RACE-006',
    'folders into their own children, and into each other at once: a tree stays a tree',
    async (target) => {
      await uploadText(target, '/cycle/a/deep/file.txt', 'a');
      await uploadText(target, '/cycle/b/file.txt', 'b');
      const move = (sourceFolderPath: string, destinationPath: string) =>
        target.api('POST', '/v1/bulkJobs/moveFolder', { sourceFolderPath, destinationPath });

      expect((await move('/cycle/a', '/cycle/a/deep')).status).toBe(400);
      const crossing = await statuses([move('/cycle/a', '/cycle/b'), move('/cycle/b', '/cycle/a')]);

      // The second may find a new folder in the place of the first, which was missing by then and was made.
      expect(crossing.filter((status) => ![200, 400, 404].includes(status))).toEqual([]);
      const found = (await listed(target)).filter(({ filePath = '' }) => filePath.startsWith('/cycle/'));
      expect(found.map(({ name }) => name)).toEqual(['file.txt', 'file.txt']);
    },
  ),
  elsewhere('RACE-007', 'moves of folders while the product is killed', 'proofs/library-product.ts'),
  attack(
    'RACE-009',
    'a version is restored while it is deleted: it is back with its bytes, or gone',
    async (target) => {
      for (let round = 0; round < 10; round++) {
        const path = `/race/versions-${round}.txt`;
        const first = await uploadText(target, path, `first ${round}`);
        await uploadText(target, path, `second ${round}`);
        const version = `/v1/files/${first.fileId}/versions/${first.versionInfo.id}`;
        const [restored = 0, deleted = 0] = await statuses([
          target.api('PUT', `${version}/restore`),
          target.api('DELETE', version),
        ]);

        expect([200, 404]).toContain(restored);
        expect([204, 400]).toContain(deleted);
        const texts = (await readVersions(target, first.fileId)).map(({ text }) => text).sort();
        const both = [`first ${round}`, `second ${round}`];
        expect(texts).toEqual(restored === 200 && deleted === 400 ? both : both.slice(1));
      }
    },
  ),
  elsewhere('RACE-014', 'what is counted is what is there, after calls and faults', 'proofs/library-model.ts'),
];
