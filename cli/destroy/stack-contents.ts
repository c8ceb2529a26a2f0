import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeStacksCommand, GetTemplateCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';

/** A resource of a stack that holds data. */
export interface HeldResource {
  /** Its physical name or ARN. */
  readonly name: string;
  readonly type: string;
  /** Whether it outlives its stack. */
  readonly stays: boolean;
}

/** What a stack is made of, as CloudFormation has it. */
export interface StackContents {
  readonly name: string;
  readonly region: string;
  readonly isProtected: boolean;
  readonly held: readonly HeldResource[];
  /** All other resources, which can be made again. */
  readonly others: number;
}

/** Types whose resources hold what nobody can make again, or pay for. */
const HOLDING = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
];

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly DeletionPolicy?: string } | undefined>>;
}

/** @returns undefined when there is no such stack */
export async function readStack(
  client: CloudFormationClient,
  name: string,
  region: string,
): Promise<StackContents | undefined> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name })).catch(noneIfMissing);
  const [stack] = Stacks;
  if (!stack) return undefined;
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: name }));
  const { Resources = {} } = JSON.parse(TemplateBody) as Template;
  const held: HeldResource[] = [];
  let others = 0;
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: name })) {
    for (const { ResourceType: type = '', LogicalResourceId = '', PhysicalResourceId } of StackResourceSummaries) {
      if (!HOLDING.includes(type)) others += 1;
      else {
        const { DeletionPolicy = 'Delete' } = Resources[LogicalResourceId] ?? {};
        held.push({ name: PhysicalResourceId ?? LogicalResourceId, type, stays: DeletionPolicy !== 'Delete' });
      }
    }
  }
  return { name, region, isProtected: stack.EnableTerminationProtection === true, held, others };
}

/** CloudFormation has no error of its own for it (AWS, "DescribeStacks"). */
function noneIfMissing(error: unknown): { readonly Stacks: [] } {
  if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist')) {
    return { Stacks: [] };
  }
  throw error;
}
