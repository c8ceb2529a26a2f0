import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { inject } from 'vitest';
import { REGION, rootClients } from './clients.ts';

/** The owner's keys, which the deployment made. */
export async function ownerCredentials(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  const { endpoint, region } = inject('deployment');
  const { secrets } = rootClients(endpoint, REGION);
  const SecretId = region.outputs.CredentialsSecretArn;
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return JSON.parse(SecretString);
}
