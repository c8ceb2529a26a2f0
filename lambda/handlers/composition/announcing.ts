import { SSMClient } from '@aws-sdk/client-ssm';
import { readWebhooks } from '../../adapters/accounts-table/webhooks.ts';
import { edgeParameter } from '../../adapters/edge/edge-parameter.ts';
import { tableRequests } from '../../adapters/library-table/table-requests.ts';
import { dynamoDocuments } from '../../adapters/signed-http/dynamo-documents.ts';
import { webhookQueue } from '../../adapters/webhook-queue/webhook-queue.ts';
import { fileAnswer, folderAnswer } from '../../api/asset-answers.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { findFile } from '../../core/library/files/library-file.ts';
import { locateFolder } from '../../core/library/tree/find-folder.ts';
import type { AnnounceDeps } from '../../core/webhooks/announce-changes.ts';
import { homeClient } from './home-client.ts';
import { composeMediaPlace } from './media-place.ts';

/** What tells webhooks of the library's changes. Files and folders are told as the API answers them. */
export function composeAnnouncing(): Omit<AnnounceDeps, 'report'> {
  const accounts = homeClient();
  const accountsTable = requireEnvironment(ENVIRONMENT.accountsTable);
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  const mediaPlace = composeMediaPlace(edge);
  const reads = composeReads();
  return {
    listWebhooks: async () => (await readWebhooks(accounts, accountsTable)).webhooks.map(({ webhook }) => webhook),
    describe: async ({ kind, id }) => {
      if (kind === 'folder') return describeFolder(reads, id);
      const file = await findFile(reads, id);
      return file && fileAnswer(file, { mediaHost: await mediaPlace(), now: Date.now() });
    },
    queue: webhookQueue(requireEnvironment(ENVIRONMENT.webhookQueue)),
  };
}

type Reads = ReturnType<typeof composeReads>;

function composeReads() {
  const client = dynamoDocuments(process.env);
  const table = tableRequests(client, requireEnvironment(ENVIRONMENT.libraryTable));
  return {
    head: (assetId: string) => table.record('head', { assetId }),
    folderNode: (folderId: string) => table.record('folderNode', { folderId }),
    stamp: async () => (await table.record('stamp', {}))?.value ?? 0,
  };
}

async function describeFolder(reads: Reads, folderId: string): Promise<object | undefined> {
  const [node, folder] = await Promise.all([reads.folderNode(folderId), locateFolder(reads, folderId)]);
  return node && folder && folderAnswer(node, folder.path);
}
