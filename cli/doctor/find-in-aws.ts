import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { type EdgeDescription, edgeParameterName, urlEndpoint } from '../../lambda/contract/edge.ts';
import type { AwsClients } from './aws-clients.ts';
import { type Deployment, NotReached } from './deployment.ts';

/**
 * Finds a deployment by what its stacks say of themselves.
 * @param name of the deployment
 * @throws NotReached
 */
export async function findInAws(name: string, region: string, clients: AwsClients): Promise<Deployment> {
  const stack = `${name}-${region}`;
  try {
    const outputs = await outputsOf(stack, clients);
    const edge = await edgeOf(name, clients);
    const privateKey = await privateKeyOf(outputs.get('CredentialsSecretArn') ?? '', clients);
    const api = urlEndpoint(edge.apiHosts[region] ?? '');
    const backupBucket = outputs.get('BackupBucketName');
    return { media: urlEndpoint(edge.mediaHost), api, privateKey, aws: { edge, clients, backupBucket } };
  } catch (error) {
    const { message } = error as Error;
    throw new NotReached(`The deployment of the stack ${stack} was not found: ${message}`);
  }
}

async function outputsOf(StackName: string, { cloudFormation }: AwsClients): Promise<Map<string, string>> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const outputs = Stacks[0]?.Outputs ?? [];
  return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

async function edgeOf(name: string, { ssm }: AwsClients): Promise<EdgeDescription> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: edgeParameterName(name) }));
  return JSON.parse(Parameter?.Value ?? '');
}

async function privateKeyOf(SecretId: string, { secrets }: AwsClients): Promise<string> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return JSON.parse(SecretString).privateKey;
}
