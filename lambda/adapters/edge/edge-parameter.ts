import type { SSMClient } from '@aws-sdk/client-ssm';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { EdgeDescription } from '../../contract/edge.ts';
import { cached } from '../cached.lean.ts';

/** How long a function may use a description that was replaced meanwhile. */
const MEMORY = 60_000;

/** What the edge stack says about itself. The client must be one of `EDGE_REGION`. */
export function edgeParameter(client: SSMClient, name: string): () => Promise<EdgeDescription> {
  return cached(async () => {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
    return parse(Parameter?.Value ?? '');
  }, MEMORY);
}

function parse(text: string): EdgeDescription {
  const { distributionId, mediaHost, settingsStoreArn, accessRuleGroupArn } = JSON.parse(
    text,
  ) as Partial<EdgeDescription>;
  if (!distributionId || !mediaHost || !settingsStoreArn || !accessRuleGroupArn) {
    throw new Error('The edge parameter lacks a member.');
  }
  return { distributionId, mediaHost, settingsStoreArn, accessRuleGroupArn };
}
