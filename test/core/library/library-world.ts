import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { TransactWriteItemsCommandOutput } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { auditChains, toEvent } from '../../../lambda/adapters/audit-table/audit-chains.ts';
import { commitWithEvent } from '../../../lambda/adapters/audit-table/commit-with-event.ts';
import { libraryStore } from '../../../lambda/adapters/library-table/library-store.ts';
import { searchIndex } from '../../../lambda/adapters/library-table/search-index.ts';
import { taggedFiles } from '../../../lambda/adapters/library-table/tagged-files.ts';
import { dynamoDocuments } from '../../../lambda/adapters/signed-http/dynamo-documents.ts';
import { zipFile } from '../../../lambda/adapters/zips/zip-file.ts';
import type { ChainedEvent } from '../../../lambda/core/audit/event-chain.ts';
import type { UploadIntent } from '../../../lambda/core/library/asset.ts';
import type { LibraryFile } from '../../../lambda/core/library/files/library-file.ts';
import type { CopyBytesDeps } from '../../../lambda/core/library/files/staged-copies.ts';
import { mergeFolder } from '../../../lambda/core/library/folders/merge-folder.ts';
import type { RunJobsDeps } from '../../../lambda/core/library/jobs/run-jobs.ts';
import type { StaleFolder } from '../../../lambda/core/library/jobs/stale-folder.ts';
import type { SearchAssetsDeps } from '../../../lambda/core/library/search/search-assets.ts';
import type { TermStore } from '../../../lambda/core/library/search/update-index.ts';
import { updateIndex } from '../../../lambda/core/library/search/update-index.ts';
import type { LibraryStore } from '../../../lambda/core/library/store/library-store.ts';
import { endItems } from '../../../lambda/core/library/trash/end-items.ts';
import { findFolder } from '../../../lambda/core/library/tree/find-folder.ts';
import { completeIntent } from '../../../lambda/core/library/uploads/complete-intent.ts';
import type { LibraryFixture } from '../../adapters/library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION, testEnvironment } from '../../adapters/library-fixture.ts';
import { makeEvent } from '../audit/told-events.ts';

export type WorldDeps = CopyBytesDeps & RunJobsDeps & SearchAssetsDeps & { readonly unfollowed: LibraryStore };

/**
 * A library on real tables, with the keys and indexes that the product's have. Bytes are texts in memory, by their keys;
 * purged paths are kept.
 */
export interface LibraryWorld {
  readonly endpoint: string;
  readonly objects: Map<string, string>;
  readonly purged: string[];
  /** Folders that the edge asks anew for, by their jobs. */
  readonly stale: Map<string, StaleFolder>;
  readonly reports: unknown[];
  readonly deps: WorldDeps;
  /** The same library by another server, such as one that fails at times, and another process. */
  depsAt(endpoint: string, changes?: Partial<WorldDeps>): WorldDeps;
  upload(path: string, text: string, changes?: Partial<UploadIntent>, deps?: WorldDeps): Promise<LibraryFile>;
  /** Write units of the transactions that work commits. */
  measured(work: () => Promise<unknown>): Promise<number>;
  folderId(path: string): Promise<string | undefined>;
  events(): Promise<ChainedEvent[]>;
  items(): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function startLibraryWorld(): Promise<LibraryWorld> {
  const server = await startLibraryFixture();
  const memory = newMemory();
  const clients: DynamoDBClient[] = [];
  const spent = { units: 0 };
  const clientAt = (endpoint: string) => {
    const client = new DynamoDBClient({ endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
    clients.push(client);
    countUnits(client, spent);
    return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  };
  const depsAt = (endpoint: string, changes: Partial<WorldDeps> = {}) => ({
    // As the product's functions have it.
    ...worldDeps(memory, dynamoDocuments(testEnvironment({ DYNAMODB: endpoint }))),
    ...changes,
  });
  const deps = worldDeps(memory, clientAt(server.endpoint));
  const reader = clientAt(server.endpoint);
  return {
    ...memory,
    endpoint: server.endpoint,
    deps,
    depsAt,
    upload: (path, text, changes = {}, chosen = deps) => uploadText(chosen, memory.objects, path, text, changes),
    measured: async (work) => {
      const before = spent.units;
      await work();
      return spent.units - before;
    },
    folderId: async (path) => (await findFolder(deps.store, path))?.folderId,
    events: async () => (await scan(reader, 'audit')).map(toEvent),
    items: () => scan(reader, 'library'),
    close: async () => {
      for (const client of clients) client.destroy();
      await server.close();
    },
  };
}

/** What changes of a library need whose bytes and pictures are kept elsewhere, or nowhere. */
export const libraryDeps = ({ client }: Pick<LibraryFixture, 'client'>): WorldDeps =>
  worldDeps(newMemory(), DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }));

type Memory = Pick<LibraryWorld, 'objects' | 'purged' | 'stale' | 'reports'>;

const newMemory = (): Memory => ({ objects: new Map(), purged: [], stale: new Map(), reports: [] });

function worldDeps({ objects, purged, stale, reports }: Memory, client: DynamoDBDocumentClient): WorldDeps {
  const wait = async (milliseconds: number) => void (await pause(milliseconds));
  const chains = auditChains(client, 'audit', Math.random);
  const commit = commitWithEvent({
    client,
    auditTable: 'audit',
    chains,
    clock: Date.now,
    pause: wait,
    random: Math.random,
  });
  const index = searchIndex(client, 'library');
  // Changes through it are followed by no index.
  const unfollowed = libraryStore({ client, table: 'library', commit });
  const store = followed(unfollowed, index);
  return {
    store,
    unfollowed,
    index,
    clock: Date.now,
    pause: wait,
    random: Math.random,
    hexId: () => randomBytes(12).toString('hex'),
    carryOut: async (effects) => {
      for (const effect of effects) {
        if (effect.effect === 'purge-path') purged.push(effect.path);
        else if (effect.effect === 'remove-object') objects.delete(effect.objectKey);
      }
    },
    endItems,
    mergeFolder,
    tagged: taggedFiles(client, 'library'),
    zips: memoryZips(objects),
    cleaning: {
      removeInFolder: async (_, paths) => {
        purged.push(...paths);
        return [];
      },
      tellOfFolder: async () => ['I1'],
      areComplete: async () => true,
    },
    staleFolders: {
      mark: async (folder) => void stale.set(folder.jobId, folder),
      settle: async (jobId) => void stale.delete(jobId),
    },
    objects: {
      copy: async (from, to) => {
        const text = objects.get(from);
        if (text === undefined) throw new Error(`There is no object ${from}.`);
        objects.set(to, text);
      },
      erase: async (objectKey) => void objects.delete(objectKey),
    },
    report: (_, error) => void reports.push(error),
    makeEvent,
  };
}

/** ZIPs in memory, each byte of them a character; delivery gives files in capitals. */
function memoryZips(objects: Map<string, string>): WorldDeps['zips'] {
  const bytesOf = async function* (text: string) {
    yield Buffer.from(text);
  };
  return {
    storage: {
      write: async (key, _fileName, members) => {
        objects.set(key, (await buffer(zipFile(members))).toString('latin1'));
      },
      sign: async (key, seconds) => `https://storage.example/${key}?seconds=${seconds}`,
    },
    bytes: {
      original: async (objectKey) => bytesOf(objects.get(objectKey) ?? ''),
      transformed: async (path) =>
        path.includes('broken') ? undefined : { bytes: bytesOf(path.toUpperCase()), contentType: 'image/webp' },
    },
  };
}

/** The index follows each change at once, as it follows the table's stream a moment later. */
function followed(store: LibraryStore, terms: TermStore): LibraryStore {
  return {
    ...store,
    commit: async (change, event) => {
      const outcome = await store.commit(change, event);
      if (outcome.kind !== 'committed') return outcome;
      for (const step of change.steps) {
        if ('create' in step && step.create === 'head') await updateIndex({ store, terms }, step.record.assetId);
        if ('replace' in step && step.replace === 'head') await updateIndex({ store, terms }, step.record.assetId);
        if ('remove' in step && step.remove === 'head') await updateIndex({ store, terms }, step.key.assetId);
      }
      return outcome;
    },
  };
}

/** As an upload does it: intent, bytes, transaction. */
async function uploadText(
  deps: WorldDeps,
  objects: Map<string, string>,
  path: string,
  text: string,
  changes: Partial<UploadIntent>,
): Promise<LibraryFile> {
  const versionId = changes.versionId ?? deps.hexId();
  const slash = path.lastIndexOf('/');
  const intent: UploadIntent = {
    contentType: 'text/plain',
    fileType: 'non-image',
    size: text.length,
    objectKey: `media${path}/${versionId}`,
    versionId,
    path,
    folder: path.slice(0, slash) || '/',
    name: path.slice(slash + 1),
    whenTaken: 'version',

    uploader: { kind: 'private-key', id: 'private-key' },
    keepTags: true,
    createdAt: new Date(deps.clock()).toISOString(),
    endsAt: Math.floor(deps.clock() / 1000) + 3600,
    ...changes,
  };
  await deps.store.addIntent(intent);
  objects.set(intent.objectKey, text);
  const completed = await completeIntent(deps, intent);
  if (!completed) throw new Error('The upload was completed by somebody else.');
  return completed.file;
}

/** Asks every transaction for what it costs. */
function countUnits(client: DynamoDBClient, spent: { units: number }): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        if (commandName !== 'TransactWriteItemsCommand') return next(call);
        const input = { ...call.input, ReturnConsumedCapacity: 'TOTAL' as const };
        const answer = await next({ ...call, input });
        const { ConsumedCapacity = [] } = answer.output as TransactWriteItemsCommandOutput;
        spent.units += ConsumedCapacity.reduce((sum, { WriteCapacityUnits = 0 }) => sum + WriteCapacityUnits, 0);
        return answer;
      },
    { step: 'initialize' },
  );
}

async function scan(client: DynamoDBDocumentClient, table: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ExclusiveStartKey: from, ConsistentRead: true }),
    );
    found.push(...Items);
    from = LastEvaluatedKey;
  } while (from);
  return found.sort((one, other) => (`${one.pk} ${one.sk}` < `${other.pk} ${other.sk}` ? -1 : 1));
}
