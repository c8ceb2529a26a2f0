import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { inject } from 'vitest';
import { type Credentials, REGION, reach } from './clients.ts';
import { ACCOUNT } from './ministack.ts';

/** Credentials of a session in a role. */
export async function takeRole(name: string): Promise<Credentials> {
  const sts = new STSClient(reach(inject('deployment').endpoint, REGION));
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}
