import { ENDPOINT_KEY, NAMED_KEY, ORIGIN_KEY, RULE_KEY } from '../../adapters/accounts-table/accounts-keys.lean.ts';
import { dynamoItems } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { requireRegion } from '../../adapters/signed-http/service-endpoint.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { SETTINGS_SNAPSHOT_KEY } from '../../contract/object-keys.ts';
import { SPEND_CEILING_PARTITION } from '../../contract/spend-ceiling.ts';
import { snapshotKeeper } from '../../core/settings/snapshot/keep-snapshot.ts';
import { composePrivateKey, ownObjects } from './account-items.ts';

/** What the transformer reads of the accounts table. */
const PARTITIONS = [
  ENDPOINT_KEY.partition,
  NAMED_KEY.partition,
  ORIGIN_KEY.partition,
  RULE_KEY.partitionOf('urlPattern'),
  SPEND_CEILING_PARTITION,
];

/** What keeps this region's snapshot of the settings. @returns undefined at home, which has the settings themselves */
export function composeSnapshotKeeper(): (() => Promise<boolean>) | undefined {
  const home = requireEnvironment(ENVIRONMENT.accountsRegion);
  if (requireRegion(process.env) === home) return undefined;
  const accounts = dynamoItems({ ...process.env, AWS_REGION: home }, requireEnvironment(ENVIRONMENT.accountsTable));
  const objects = ownObjects();
  return snapshotKeeper({
    partitions: PARTITIONS,
    list: accounts.query,
    privateKey: composePrivateKey(),
    put: (text) =>
      objects.put(SETTINGS_SNAPSHOT_KEY, Buffer.from(text), { 'content-type': 'text/plain; charset=utf-8' }),
    clock: Date.now,
  });
}
