// Loads the signer of the many-region signature that this API asks for; the SDK finds it by itself.
import '@aws-sdk/signature-v4a';
import type { CloudFrontKeyValueStoreClient, UpdateKeysCommandInput } from '@aws-sdk/client-cloudfront-keyvaluestore';
import {
  ConflictException,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import type { SettingsStore } from '../../core/protection/published/edge-settings.ts';

/** Keys of one page and of one change (AWS, "Quotas on key value stores"). */
const KEYS = 50;

/** The KeyValueStore of the media distribution. Above 50 changes go out in batches, additions before removals. */
export function edgeSettingsStore(client: CloudFrontKeyValueStoreClient, arn: () => Promise<string>): SettingsStore {
  return {
    id: arn,
    read: async () => {
      const KvsARN = await arn();
      const { ETag = '' } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
      const entries = new Map<string, string>();
      for await (const { Items = [] } of paginateListKeys({ client, pageSize: KEYS }, { KvsARN })) {
        for (const { Key, Value } of Items) if (Key !== undefined && Value !== undefined) entries.set(Key, Value);
      }
      return { version: ETag, entries };
    },
    change: async ({ puts, deletes }, version) => {
      const KvsARN = await arn();
      const changes = [
        ...[...puts].map(([Key, Value]) => ({ put: { Key, Value } })),
        ...deletes.map((Key) => ({ remove: { Key } })),
      ];
      let IfMatch = version;
      for (let start = 0; start < changes.length; start += KEYS) {
        const batch = changes.slice(start, start + KEYS);
        const Puts = batch.flatMap((change) => ('put' in change ? [change.put] : []));
        const Deletes = batch.flatMap((change) => ('remove' in change ? [change.remove] : []));
        const ETag = await update(client, { KvsARN, IfMatch, Puts, Deletes });
        if (ETag === undefined) return undefined;
        IfMatch = ETag;
      }
      return IfMatch;
    },
  };
}

/** @returns the new version, or undefined when the store has changed since */
async function update(
  client: CloudFrontKeyValueStoreClient,
  input: UpdateKeysCommandInput,
): Promise<string | undefined> {
  try {
    return (await client.send(new UpdateKeysCommand(input))).ETag;
  } catch (error) {
    if (error instanceof ConflictException) return undefined;
    throw error;
  }
}
