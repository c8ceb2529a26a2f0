import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LibraryStore } from '../../core/library/store/library-store.ts';
import type { CachedFolder } from '../../core/library/store/records.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { commitChange } from './commit-change.ts';
import { outbox } from './outbox.ts';
import { keyOf, toItem } from './record-items.ts';
import { cachedFolderKey } from './record-keys.lean.ts';
import type { TableRequests } from './table-requests.ts';
import { tableRequests } from './table-requests.ts';
import { unfinished } from './unfinished.ts';

export interface LibraryStoreDeps {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly commit: CommitWithEvent;
}

/** The library on its DynamoDB table. Every read is strongly consistent. */
export function libraryStore(deps: LibraryStoreDeps): LibraryStore {
  const table = tableRequests(deps.client, deps.table);
  return {
    ...recordReads(table),
    ...pathCache(table),
    ...uploads(table),
    ...unfinished(table),
    ...outbox(table),
    ...stagedVersions(table),
    noteVersion: (version) => table.replace(toItem('version', version), {}),
    noteHead: (head, revision) => table.replace(toItem('head', head), { revision }),
    removeReferences: (references) => table.removeAll(references.map((reference) => keyOf('reference', reference))),
    removeVersions: (versions) => table.removeAll(versions.map((version) => keyOf('version', version))),
    commit: (change, event) => commitChange(deps.table, deps.commit, change, event),
  };
}

function recordReads(table: TableRequests) {
  return {
    stamp: async () => (await table.record('stamp', {}))?.value ?? 0,
    fileEntry: (folderId, name) => table.record('fileEntry', { folderId, name }),
    folderEntry: (parentId, name) => table.record('folderEntry', { parentId, name }),
    folderNode: (folderId) => table.record('folderNode', { folderId }),
    folderNodes: (folderIds) =>
      table.records(
        'folderNode',
        folderIds.map((folderId) => ({ folderId })),
      ),
    files: (folderId, page) => table.page('fileEntry', `in#${folderId}`, 'f#', page),
    folders: (folderId, page) => table.page('folderEntry', `in#${folderId}`, 'd#', page),
    head: (assetId) => table.record('head', { assetId }),
    heads: (assetIds) =>
      table.records(
        'head',
        assetIds.map((assetId) => ({ assetId })),
      ),
    version: (historyId, versionId) => table.record('version', { historyId, versionId }),
    versions: (historyId) => table.partition('version', `h#${historyId}`),
    references: (historyId) => table.partition('reference', `ref#${historyId}`),
    referencedFiles: (folderId, from) => table.having('fileEntry', `in#${folderId}`, 'f#', 'referenceCount', from),
    job: (jobId) => table.record('job', { jobId }),
    pendingJobs: async () => (await table.partition('job', 'jobs')).filter(({ state }) => state === 'pending'),
    saveJob: (job, revision) => table.replace(toItem('job', job), { revision }),
    trashedOn: (day) => table.partition('trashed', `trash#${day}`),
    trashed: (day, id) => table.record('trashed', { day, id }),
  } satisfies Partial<LibraryStore>;
}

function pathCache(table: TableRequests) {
  return {
    cachedFolder: async (path) => {
      const item = await table.get(cachedFolderKey(path));
      if (!item) return undefined;
      const { pk: _, sk: __, ...folder } = item;
      return folder as unknown as CachedFolder;
    },
    cacheFolder: async ({ path, folderId, chain, isPrivate, stamp }) =>
      table.put({ ...cachedFolderKey(path), path, folderId, chain, isPrivate, stamp }),
  } satisfies Partial<LibraryStore>;
}

function uploads(table: TableRequests) {
  return {
    uploadGrant: (grantId) => table.record('uploadGrant', { grantId }),
    saveUploadGrant: (grant, filesLeft) => table.replace(toItem('uploadGrant', grant), { filesLeft }),
    largeUpload: (versionId) => table.record('largeUpload', { versionId }),
    addLargeUpload: (upload) => table.put(toItem('largeUpload', upload)),
    removeLargeUpload: async (versionId) => void (await table.remove(keyOf('largeUpload', { versionId }))),
  } satisfies Partial<LibraryStore>;
}

/** The marked one comes first, and alone decides. */
function stagedVersions(table: TableRequests) {
  const others = <V extends { readonly versionId: string }>(
    versions: readonly V[],
    { versionId }: { readonly versionId: string },
  ) => versions.filter((version) => version.versionId !== versionId);
  return {
    stageVersions: async (versions, marked) => {
      const isStaged = await table.stage(toItem('version', { ...marked, isStaged: true }));
      if (isStaged) await table.putAll(others(versions, marked).map((version) => toItem('version', version)));
      return isStaged;
    },
    removeStaged: async (versions, marked) => {
      const isRemoved = await table.removeIf(keyOf('version', marked), { isStaged: true });
      if (isRemoved) await table.removeAll(others(versions, marked).map((version) => keyOf('version', version)));
      return isRemoved;
    },
  } satisfies Partial<LibraryStore>;
}
