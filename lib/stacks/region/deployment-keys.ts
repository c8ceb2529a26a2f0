import { CfnOutput } from 'aws-cdk-lib';
import { BreakGlass } from '../../constructs/accounts/break-glass.ts';
import { CredentialsSecret } from '../../constructs/accounts/credentials-secret.ts';
import { OriginCredentialsKey } from '../../constructs/accounts/origin-credentials-key.ts';
import { People } from '../../constructs/accounts/people.ts';
import { SealKey } from '../../constructs/audit/seal-key.ts';
import { outputOf } from '../stack-output.ts';
import { CREDENTIALS_SECRET_OUTPUT, SECRET_ENDING_OUTPUT } from './region-outputs.ts';
import type { RegionScope } from './region-scope.ts';
import type { Stores } from './stores.ts';

/** Keys and people, of which a deployment has one each: the home region makes them, and the others are given them. */
export interface DeploymentKeys {
  readonly originKey: OriginCredentialsKey;
  /** @default nobody signs in */
  readonly people: People | undefined;
  /** @default no seals: the profile small has no key for them */
  readonly sealKey: SealKey | undefined;
  readonly credentials: CredentialsSecret;
}

export function shareKeys(region: RegionScope, stores: Stores): DeploymentKeys {
  const { originKey, people, sealKey } = region.home ?? makeKeys(region, stores);
  return { originKey, people, sealKey, credentials: shareCredentials(region) };
}

function makeKeys({ stack, config, code }: RegionScope, { audit, accounts }: Stores) {
  const deployment = config.name;
  const originKey = new OriginCredentialsKey(stack, 'OriginCredentials', { deployment });
  const people = config.people && new People(stack, 'People', { deployment, config: config.people, audit });
  const sealKey = config.profile === 'guarded' ? new SealKey(stack, 'SealKey', { deployment }) : undefined;
  if (people) new BreakGlass(stack, 'BreakGlass', { deployment, code: code.handler('break-glass'), accounts, people });
  return { originKey, people, sealKey };
}

/** One secret of the deployment, and a copy in each further region. */
function shareCredentials({ stack, config, home }: RegionScope): CredentialsSecret {
  if (home) {
    const ofHome = { arn: outputOf(home, CREDENTIALS_SECRET_OUTPUT), ending: outputOf(home, SECRET_ENDING_OUTPUT) };
    return new CredentialsSecret(stack, 'Credentials', { home: ofHome });
  }
  const copies = config.regions.slice(1);
  const credentials = new CredentialsSecret(stack, 'Credentials', { copies });
  new CfnOutput(stack, CREDENTIALS_SECRET_OUTPUT, { value: credentials.arn });
  if (copies.length > 0) new CfnOutput(stack, SECRET_ENDING_OUTPUT, { value: credentials.ending });
  return credentials;
}
