import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CommandFailed } from '../command-failed.ts';
import type { DomainDeps } from './domain-deps.ts';

/** What a host is for. */
export type HostUse = 'media' | 'api';

/** Outputs of the edge stack with the distributions' own hosts (lib/stacks/edge-stack.ts). */
const OUTPUTS = { media: 'MediaTarget', api: 'ApiTarget' } as const;

/** Where the records of hosts must lead. @throws CommandFailed when the deployment is not found */
export async function targetsOf(
  { cloudFormation }: Pick<DomainDeps, 'cloudFormation'>,
  deployment: string,
): Promise<Readonly<Record<HostUse, string>>> {
  const StackName = `${deployment}-edge`;
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName })).catch((error: Error) => {
    throw new CommandFailed(`The stack ${StackName} was not found in us-east-1: ${error.message}`);
  });
  const outputs = new Map((Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const of = (use: HostUse): string => {
    const target = outputs.get(OUTPUTS[use]);
    if (!target)
      throw new CommandFailed(`The stack ${StackName} has no output ${OUTPUTS[use]}. Deploy this version first.`);
    return target.toLowerCase();
  };
  return { media: of('media'), api: of('api') };
}
