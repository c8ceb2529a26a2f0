import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_OPERATIONS } from '../../../lambda/api/table.ts';
import { PRIVATE_KEY } from '../../handlers/cloud-fixture.ts';
import type { ExampleCall } from '../example-calls.ts';
import { operationOf, prepareExample } from '../example-calls.ts';
import { removeExamples } from '../remove-examples.ts';
import type { Deployment } from '../rights/deployment.ts';
import { startDeployment } from '../rights/deployment.ts';
import { newFile, newFolder, newVersions, uploadCall } from '../rights/places.ts';
import { EXAMPLE_TRANSACTIONS } from './example-transactions.ts';
import type { Spending } from './spending.ts';
import { countEveryClient, spendingOf } from './spending.ts';

/* What a change costs, as DynamoDB itself counts it. A number here is changed by hand, when somebody means it. */
let deployment: Deployment;
let stopCounting: (() => void) | undefined;

/** Write units outside of transactions: what search finds a file by, jobs that are saved, effects that are settled, purges. */
const MOST_SINGLE = 16;

/** Write units that the transaction of an upload may have. */
const MOST_FOR_UPLOAD = 15;

beforeAll(async () => {
  deployment = await startDeployment();
  // Folders that examples put something into.
  for (const folder of ['/samples', '/archive', '/campaigns', '/visitors']) await newFile(deployment, folder);
  stopCounting = countEveryClient();
});

afterAll(async () => {
  stopCounting?.();
  expect(deployment.faults).toEqual([]);
  await deployment.close();
});

const send = (call: ExampleCall) => deployment.send(call, PRIVATE_KEY);

async function spent(call: ExampleCall): Promise<Spending> {
  let status = 0;
  const spending = await spendingOf(async () => {
    ({ status } = await send(call));
  });
  expect([call.path, status < 300]).toEqual([call.path, true]);
  return spending;
}

describe('the items and write units of the transactions', () => {
  const changing = API_OPERATIONS.filter(({ audit }) => 'action' in audit).map(({ id }) => id);

  it('are known of every operation that changes something', () => {
    expect(Object.keys(EXAMPLE_TRANSACTIONS).toSorted()).toEqual(changing.toSorted());
  });

  it.each(changing)('of %s', async (id) => {
    const operation = operationOf(id);
    const { transactions, single } = await spent(await prepareExample(operation, send));

    expect(transactions).toEqual(EXAMPLE_TRANSACTIONS[id]);
    expect(single).toBeLessThanOrEqual(MOST_SINGLE);
    await removeExamples(operation, send);
  });

  it.each([
    [
      'an upload as another version',
      async () => uploadCall('/archive', nameOf(await newFile(deployment, '/archive'))),
      [[6, 13]],
    ],
    [
      'an upload into three new folders',
      async () => uploadCall('/new/folders/three', 'x.gif'),
      [
        [8, 19],
        [6, 13],
      ],
    ],
    ['a move onto another file', moveOnto, [[6, 14]]],
    [
      'deleting for good',
      deleteForGood,
      [
        [5, 11],
        [5, 10],
        [3, 6],
      ],
    ],
  ] as const)('of %s', async (_, call, transactions) => {
    expect((await spent(await call())).transactions).toEqual(transactions);
  });

  it('of an upload are at most 15 units, and 2 more for each KB of details', async () => {
    const call = uploadCall('/samples', 'described.gif');
    const described = { ...call, form: { ...call.form, description: 'd'.repeat(500) } };

    for (const id of ['files.upload', 'files.upload-v2', 'uploads.complete']) {
      const [largest] = EXAMPLE_TRANSACTIONS[id] ?? [];
      expect([id, (largest?.[1] ?? 0) <= MOST_FOR_UPLOAD]).toEqual([id, true]);
    }
    expect((await spent(described)).transactions).toEqual([[6, 15]]);
  });
});

const nameOf = ({ filePath }: { readonly filePath: string }) => filePath.slice(filePath.lastIndexOf('/') + 1);

async function moveOnto(): Promise<ExampleCall> {
  const { filePath } = await newFile(deployment, '/archive');
  await deployment.made(uploadCall('/samples', nameOf({ filePath })));
  const json = { sourceFilePath: filePath, destinationPath: '/samples' };
  return { method: 'POST', path: '/v1/files/move', json };
}

async function deleteForGood(): Promise<ExampleCall> {
  const { fileId } = await newVersions(deployment, '/archive');
  return { method: 'DELETE', path: `/v1/files/${fileId}?purge=true` };
}

describe('the read units', () => {
  const read = async (path: string) => (await spent({ method: 'GET', path })).reads;

  // One of them reads the named transformations, which may name the file.
  it('of the details of a file grow with its depth alone', async () => {
    const top = await newFile(deployment, '/');
    const deep = await newFile(deployment, '/a/b/c/d');
    // The fields and path policies of the account are remembered for seconds.
    await read(`/v1/files/${top.fileId}/details`);

    expect([await read(`/v1/files/${top.fileId}/details`), await read(`/v1/files/${deep.fileId}/details`)]).toEqual([
      4, 8,
    ]);
  });

  it('of a list grow with what is listed', async () => {
    const { folderPath } = await newFolder(deployment, '/', 'listed');
    const path = `/v1/files?path=${folderPath}`;
    await read(path);
    const empty = await read(path);
    for (let count = 0; count < 10; count++) await newFile(deployment, folderPath);

    expect([empty, await read(path)]).toEqual([4, 14]);
  });
});
