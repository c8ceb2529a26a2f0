import { setTimeout as wait } from 'node:timers/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { EDGE_REGION } from '../contract/edge.ts';
import { publishAccess } from '../core/protection/publish-access.ts';
import { publishCdnSecrets } from '../core/protection/published/publish-cdn-secrets.ts';
import { customResource } from './cloudformation/custom-resource.ts';
import { composeSyncEdge } from './composition/sync-edge.ts';
import { reporter } from './reporter.ts';

const composed = composeSyncEdge();
const secretsManager = new SecretsManagerClient({ region: EDGE_REGION });

/** Attempts, and milliseconds between them: rights that were given a moment ago may not hold everywhere yet. */
const ATTEMPTS = 12;
const BETWEEN = 5_000;

/**
 * Part of a deployment: CloudFormation is done when the edge knows keys, settings, rules and takedowns, so a signed URL works
 * as soon as the deployment has ended.
 */
export const handler = customResource(async ({ RequestType, ResourceProperties }) => {
  if (RequestType === 'Delete') return;
  for (let attempt = 1; !(await publishAccess({ ...composed, report: reporter() })); attempt++) {
    if (attempt === ATTEMPTS)
      throw new Error('The first publication to the edge failed; the log of its function says why.');
    await wait(BETWEEN);
  }
  const { cdnSecrets = [] } = ResourceProperties as { readonly cdnSecrets?: readonly string[] };
  await publishCdnSecrets(composed.edgeSettings, await Promise.all(cdnSecrets.map(readSecret)));
});

async function readSecret(SecretId: string): Promise<string> {
  const { SecretString = '' } = await secretsManager.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === '') throw new Error(`The secret ${SecretId} is empty.`);
  return SecretString;
}
