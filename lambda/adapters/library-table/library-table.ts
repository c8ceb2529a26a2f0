import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RecordEvent } from '../../core/audit/event-maker.ts';
import type { Asset } from '../../core/library/asset.ts';
import { toPathRecord } from '../../core/library/asset.ts';
import { splitFolder } from '../../core/library/asset-path.ts';
import type { CommitOutcome, Library, UploadCommit } from '../../core/library/library.ts';
import type { LibraryEntities } from './library-entities.ts';
import { libraryEntities } from './library-entities.ts';

const CONSISTENT = { consistent: true } as const;

/** The library on its DynamoDB table. Every read is strongly consistent. */
export function libraryTable(client: DynamoDBClient, table: string, record: RecordEvent): Library {
  const service = libraryEntities(client, table);
  const { path, asset, version, folder, intent, purge } = service.entities;
  return {
    findPath: async (wanted) => (await path.get({ path: wanted }).go(CONSISTENT)).data ?? undefined,
    findAsset: async (assetId) => (await asset.get({ assetId }).go(CONSISTENT)).data ?? undefined,
    findVersion: async (assetId, versionId) =>
      (await version.get({ assetId, versionId }).go(CONSISTENT)).data ?? undefined,
    findIntent: async (versionId) => (await intent.get({ versionId }).go(CONSISTENT)).data ?? undefined,
    addIntent: async (begun) => {
      await intent.create(withListedTags(begun)).go();
    },
    removeIntent: async (versionId) => (await intent.delete({ versionId }).go({ response: 'all_old' })).data !== null,
    missingFolders: async (paths) => {
      if (paths.length === 0) return [];
      const { data } = await folder.get(paths.map((one) => ({ path: one }))).go(CONSISTENT);
      const present = new Set(data.map((record) => record.path));
      return paths.filter((one) => !present.has(one));
    },
    commitHead: (head, expectedRevision) => commitHead(service, head, expectedRevision),
    commitUpload: async (commit, event) => {
      const outcome = await commitUpload(service, commit);
      if (outcome === 'committed') record(event);
      return outcome;
    },
    findPendingPurge: async (versionId) => (await purge.get({ versionId }).go(CONSISTENT)).data?.path,
    removePendingPurge: async (versionId) => {
      await purge.delete({ versionId }).go();
    },
  };
}

async function commitUpload(service: LibraryEntities, commit: UploadCommit): Promise<CommitOutcome> {
  const { expectedRevision, intent, version, newFolders, hidesOrigin = false } = commit;
  const head = withListedTags(commit.asset);
  const at = version.createdAt;
  const { canceled, data } = await service.transaction
    .write((entity) => [
      entity.intent
        .delete({ versionId: intent.versionId })
        .where((attribute, { exists }) => exists(attribute.versionId))
        .commit(),
      entity.version.create(version).commit(),
      ...(expectedRevision === undefined
        ? [entity.path.create(toPathRecord(commit.asset)).commit(), entity.asset.create(head).commit()]
        : [
            entity.path
              .put(toPathRecord(commit.asset))
              .where((attribute, { eq }) => eq(attribute.revision, expectedRevision))
              .commit(),
            entity.asset
              .put(head)
              .where((attribute, { eq }) => eq(attribute.revision, expectedRevision))
              .commit(),
          ]),
      ...(expectedRevision !== undefined || hidesOrigin
        ? [entity.purge.put({ versionId: intent.versionId, path: intent.path, createdAt: at }).commit()]
        : []),
      ...newFolders.map((one) =>
        entity.folder
          .upsert({ path: one, ...splitFolder(one) })
          .ifNotExists({ createdAt: at })
          .commit(),
      ),
    ])
    .go();
  return canceled ? outcomeOf(data) : 'committed';
}

async function commitHead(service: LibraryEntities, head: Asset, expectedRevision: number): Promise<boolean> {
  const { canceled, data } = await service.transaction
    .write((entity) => [
      entity.path
        .put(toPathRecord(head))
        .where((attribute, { eq }) => eq(attribute.revision, expectedRevision))
        .commit(),
      entity.asset
        .put(withListedTags(head))
        .where((attribute, { eq }) => eq(attribute.revision, expectedRevision))
        .commit(),
    ])
    .go();
  return !canceled || outcomeOf([{ code: 'None' }, ...data]) === 'committed';
}

/** ElectroDB wants a list that it may change. */
function withListedTags<R extends { readonly tags?: readonly string[] }>(given: R) {
  const { tags, ...others } = given;
  return { ...others, ...(tags && { tags: [...tags] }) };
}

/** Reasons stand in the order of the operations; the intent is the first. */
function outcomeOf(
  reasons: readonly { readonly code: string; readonly message?: string | undefined }[],
): CommitOutcome {
  if (reasons[0]?.code === 'ConditionalCheckFailed') return 'intent-gone';
  if (reasons.some(({ code }) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict')) return 'moved';
  const reason = reasons.find(({ code }) => code !== 'None');
  throw new Error(`The library table refused a transaction: ${reason?.code} ${reason?.message}`);
}
