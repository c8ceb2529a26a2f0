import { type AssemblyPlan, type Cloud, StartFault } from 'local-cloud';

/** The key pair of the API. */
export interface Credentials {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Logical ids of the secret begin with the path of its construct in the region stack. */
const LOGICAL_ID = 'Credentials';

/** Reads the API's keys from their secret, as the owner of an account would in the console. */
export function readCredentials(plan: AssemblyPlan, cloud: Cloud): Credentials {
  const secret = plan.resources.find(
    ({ type, logicalId }) => type === 'AWS::SecretsManager::Secret' && logicalId.startsWith(LOGICAL_ID),
  );
  const value = secret && cloud.secretValue(secret.ref);
  if (value === undefined) throw new StartFault('The cloud assembly has no secret with the keys of the API.');
  return JSON.parse(value) as Credentials;
}
