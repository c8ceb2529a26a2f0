import { cached } from '../../adapters/cached.lean.ts';
import { signingSecret } from '../../adapters/credentials-secret/signing-secret.lean.ts';
import { snapshotItems } from '../../adapters/settings-snapshot/snapshot-items.lean.ts';
import { snapshotObject } from '../../adapters/settings-snapshot/snapshot-object.lean.ts';
import type { ItemReads } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { dynamoItems } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { s3Objects } from '../../adapters/signed-http/s3-objects.lean.ts';
import { requireRegion } from '../../adapters/signed-http/service-endpoint.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';

/** Milliseconds for which the private key is remembered. */
const KEY_MEMORY = 60_000;

/** The settings of the account, from the home region; elsewhere with this region's snapshot for the time that home is away. */
export function composeAccountItems(): ItemReads {
  const home = requireEnvironment(ENVIRONMENT.accountsRegion);
  const live = dynamoItems({ ...process.env, AWS_REGION: home }, requireEnvironment(ENVIRONMENT.accountsTable));
  if (requireRegion(process.env) === home) return live;
  const snapshot = snapshotObject(ownObjects(), composePrivateKey());
  return snapshotItems({ live, snapshot, now: Date.now });
}

/** This region's bucket of originals. */
export const ownObjects = () => s3Objects(process.env, requireEnvironment(ENVIRONMENT.originalsBucket));

/** The private key, by this region's copy of its secret. */
export function composePrivateKey(): () => Promise<string> {
  const secret = cached(signingSecret(process.env, requireEnvironment(ENVIRONMENT.credentialsSecret)), KEY_MEMORY);
  return async () => (await secret()).privateKey;
}
