import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readZip } from '../core/library/zips/read-zip.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* ZIPs as clients ask for them, on real stores: written in parts, and read by the URL that the job has. */
let library: LibraryClient;
let one: string;

/** Three of them are larger than a part. */
const LARGE = 'large '.repeat(700_000);

beforeAll(async () => {
  library = await startLibraryClient();
  one = await library.upload('/kit/été.txt', 'one');
  await library.upload('/kit/below/two.txt', 'two');
});
afterAll(() => library?.close());

interface Job {
  readonly status: string;
  readonly downloadUrl: string;
}

async function zipped(body: object) {
  const begun = await library.call('POST', '/v1/zips', { body });
  expect(begun.status).toBe(202);
  const { jobId } = (await begun.json()) as { readonly jobId: string };
  const job = (await (await library.call('GET', `/v1/bulkJobs/${jobId}`)).json()) as Job;
  expect(job).toMatchObject({ type: 'ZIP', status: 'Completed' });
  return fetch(job.downloadUrl);
}

const membersOf = async (answer: Response) =>
  readZip(Buffer.from(await answer.arrayBuffer())).map(({ name, bytes }) => [name, bytes.toString()]);

describe('a ZIP', () => {
  test('of files has them by their names, and is saved under the name that was asked for', async () => {
    const answer = await zipped({ fileIds: [one], fileName: "press (été)'.zip" });

    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''press%20%28%C3%A9t%C3%A9%29%27.zip",
    );
    expect(await membersOf(answer)).toEqual([['été.txt', 'one']]);
  });

  test('of a folder has all of it, in as many parts as it takes', async () => {
    const form = new FormData();
    form.set('file', new Blob([LARGE]));
    for (const [name, value] of Object.entries({ fileName: 'zz.txt', folder: '/kit', useUniqueFileName: 'false' })) {
      form.set(name, value);
    }
    expect((await library.post('/api/v1/files/upload', form)).status).toBe(200);

    expect(await membersOf(await zipped({ folderPath: 'kit' }))).toEqual([
      ['zz.txt', LARGE],
      ['été.txt', 'one'],
      ['below/two.txt', 'two'],
    ]);
  });

  test.each([
    [{}, 400, 'exactly one'],
    [{ fileIds: ['0'.repeat(24)], folderPath: '/kit' }, 400, 'exactly one'],
    [{ fileIds: ['0'.repeat(24)] }, 404, 'does not exist'],
    [{ folderPath: '/none' }, 404, 'no folder'],
    [{ folderPath: '/kit', transformation: 'nobody' }, 400, 'nobody'],
    [{ searchQuery: 'size > ' }, 400, 'searchQuery'],
  ])('is not begun with %j', async (body, status, message) => {
    const answer = await library.call('POST', '/v1/zips', { body });

    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      status,
      expect.stringContaining(message),
    ]);
  });
});
