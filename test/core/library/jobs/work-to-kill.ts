import { randomBytes } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { dependentVariants } from '../../../../lambda/adapters/library-table/dependent-variants.ts';
import { invalidationQueue } from '../../../../lambda/adapters/library-table/invalidation-queue.ts';
import { usedTags } from '../../../../lambda/adapters/library-table/used-tags.ts';
import { originalWriter } from '../../../../lambda/adapters/originals-bucket/original-writer.lean.ts';
import { originalsBucket } from '../../../../lambda/adapters/originals-bucket/originals-bucket.ts';
import { storedVariants } from '../../../../lambda/adapters/variants-bucket/stored-variants.ts';
import { copyFile } from '../../../../lambda/core/library/files/copy-file.ts';
import { fileByPath } from '../../../../lambda/core/library/files/library-file.ts';
import { moveFile, renameFile } from '../../../../lambda/core/library/files/move-file.ts';
import { copyFolder } from '../../../../lambda/core/library/folders/copy-folder.ts';
import { moveFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { runJob } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { Originals } from '../../../../lambda/core/library/originals.ts';
import { deleteForever } from '../../../../lambda/core/library/trash/delete-forever.ts';
import { emptyTrash } from '../../../../lambda/core/library/trash/empty-trash.ts';
import { purgeTrashed } from '../../../../lambda/core/library/trash/purge-trashed.ts';
import { restoreTrashed } from '../../../../lambda/core/library/trash/restore-trashed.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import { findFolder } from '../../../../lambda/core/library/tree/find-folder.ts';
import { uploadFile } from '../../../../lambda/core/library/upload-file.ts';
import { variantRemoval } from '../../../../lambda/core/purge/remove-variants.ts';
import { detectType } from '../../../../lambda/formats/types/detect-type.ts';
import { carryOutEffects } from '../../../../lambda/handlers/composition/carry-out.ts';
import { TEST_CREDENTIALS, TEST_REGION, testEnvironment } from '../../../adapters/library-fixture.ts';
import { OWNER } from '../../kernel/callers.ts';
import { libraryDeps } from '../library-world.ts';

/*
 * A process that does one piece of work and kills itself when it has written so often to table and bucket: between two writes
 * nothing changes that somebody else could see.
 */
export interface WorkToKill {
  readonly dynamodb: string;
  readonly s3: string;
  readonly originals: string;
  readonly variants: string;
  readonly work:
    | 'upload'
    | 'copy file'
    | 'copy folder'
    | 'move file'
    | 'rename file'
    | 'move folder'
    | 'delete file'
    | 'restore'
    | 'purge file'
    | 'purge folder'
    | 'empty trash';
  /** The folder that is worked on: it has a file `file.txt`. */
  readonly from: string;
  /** Where an upload, a copy or a move goes. */
  readonly to: string;
  /** Of what is restored. */
  readonly id?: string;
  readonly writes: number;
}

flushCompileCache();
const given = JSON.parse(process.argv[2] ?? '') as WorkToKill;
const settings = { region: TEST_REGION, credentials: TEST_CREDENTIALS };
const dynamodb = new DynamoDBClient({ endpoint: given.dynamodb, ...settings });
const s3 = new S3Client({ endpoint: given.s3, ...settings });
let made = 0;

const READS = /^(Get|BatchGet|Query|Scan|Head|List)/;

function dieBeforeItsWrite(client: Pick<DynamoDBClient, 'middlewareStack'> | Pick<S3Client, 'middlewareStack'>): void {
  (client as DynamoDBClient).middlewareStack.add(
    (next, { commandName = '' }) =>
      async (call) => {
        if (!READS.test(commandName)) await dieIfItsTurn();
        return next(call);
      },
    { step: 'initialize' },
  );
}

async function dieIfItsTurn(): Promise<void> {
  if (made++ === given.writes) await die();
}

/** Nothing of the process goes on from here. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

dieBeforeItsWrite(dynamodb);
dieBeforeItsWrite(s3);
const write = originalWriter(testEnvironment({ S3: given.s3 }), given.originals);
const bytes: Originals = {
  ...originalsBucket(s3, given.originals),
  write: async (content, original) => {
    await dieIfItsTurn();
    await write(content, original);
  },
};
const library = libraryDeps({ client: dynamodb });
const removal = variantRemoval({
  invalidations: { create: async () => 'I1', isComplete: async () => true },
  queue: invalidationQueue(dynamodb, 'library', Date.now),
  stored: storedVariants(s3, given.variants),
  dependents: dependentVariants(dynamodb, 'library'),
  usedTags: usedTags(dynamodb, 'library'),
  ...{ clock: Date.now, hexId: library.hexId },
});
const deps = {
  ...library,
  objects: bytes,
  originals: bytes,
  cleaning: removal,
  carryOut: carryOutEffects(
    removal,
    bytes,
    async () => '',
    async () => undefined,
  ),
  detectType,
  checkImage: async () => ({}) as never,
  fetchRemote: async () => new Uint8Array(),
  fieldsIn: async () => ({ known: [] }),
  parts: { readBeginning: async () => undefined },
  transform: async (picture: Uint8Array) => picture,
  describe: async () => ({ metadata: { hasTransparency: false }, embedded: {} }),
  nameSuffix: () => randomBytes(7).toString('base64url').slice(0, 9),
};

const fileId = async (): Promise<string> =>
  (await fileByPath(deps.store, OWNER, 'files.read', { folderPath: given.from, name: 'file.txt' })).head.assetId;

const WORK: Readonly<Record<WorkToKill['work'], () => Promise<unknown>>> = {
  upload: () =>
    uploadFile(deps, OWNER, {
      source: { kind: 'bytes', bytes: Buffer.from('text') },
      ...{ name: 'file.txt', folder: given.to, unique: false, overwrite: true, overwriteTags: true },
      ...{ overwriteCustomMetadata: true, overwriteAITags: true, responseFields: [], post: [], extensions: [] },
    }),
  'copy file': () =>
    copyFile(deps, OWNER, {
      source: { folderPath: given.from, name: 'file.txt' },
      ...{ destination: given.to, withVersions: true },
    }),
  'copy folder': async () =>
    runJob(deps, await copyFolder(deps, OWNER, { source: given.from, destination: given.to, withVersions: true })),
  'move file': () =>
    moveFile(deps, OWNER, { source: { folderPath: given.from, name: 'file.txt' }, destination: given.to }),
  'rename file': () =>
    renameFile(deps, OWNER, { source: { folderPath: given.from, name: 'file.txt' }, newName: 'renamed.txt' }),
  'move folder': async () => runJob(deps, await moveFolder(deps, OWNER, { source: given.from, destination: given.to })),
  'delete file': async () => trashFile(deps, OWNER, { fileId: await fileId() }),
  restore: () => restoreTrashed(deps, OWNER, { id: given.id ?? '' }),
  'purge file': async () => deleteForever(deps, OWNER, { fileId: await fileId() }),
  'purge folder': async () => {
    const { folderId } = (await findFolder(deps.store, given.from)) ?? {};
    await trashFolder(deps, OWNER, given.from);
    await runJob(deps, await purgeTrashed(deps, OWNER, folderId ?? ''));
  },
  'empty trash': async () => {
    await trashFile(deps, OWNER, { fileId: await fileId() });
    const { confirm } = await emptyTrash(deps, OWNER, undefined);
    const { job } = await emptyTrash(deps, OWNER, confirm);
    if (job) await runJob(deps, job);
  },
};

await WORK[given.work]();
process.stdout.write('done', () => process.exit());
