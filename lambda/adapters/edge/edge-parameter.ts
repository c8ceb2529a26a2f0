import type { SSMClient } from '@aws-sdk/client-ssm';
import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import type { EdgeDescription } from '../../contract/edge.ts';
import { cached } from '../cached.lean.ts';

/** How long a function may use a description that was replaced meanwhile. */
const MEMORY = 60_000;

/** The edge stack is not deployed yet: regions come first. */
export class EdgeMissing extends Error {}

/**
 * What the edge stack says about itself. The client must be one of `EDGE_REGION`.
 * @returns a function that rejects with EdgeMissing before the edge stack is there
 */
export function edgeParameter(client: SSMClient, name: string): () => Promise<EdgeDescription> {
  let last: EdgeDescription | undefined;
  return cached(async () => {
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
      last = parse(Parameter?.Value ?? '');
      return last;
    } catch (error) {
      if (error instanceof ParameterNotFound) throw new EdgeMissing('There is no edge yet.', { cause: error });
      // Where the parameter is may be away, when a failover is to begin; a description is seldom replaced.
      if (last) return last;
      throw error;
    }
  }, MEMORY);
}

/** Whether the edge stack is there. */
export async function hasEdge(edge: () => Promise<EdgeDescription>): Promise<boolean> {
  try {
    await edge();
    return true;
  } catch (error) {
    if (error instanceof EdgeMissing) return false;
    throw error;
  }
}

function parse(text: string): EdgeDescription {
  const { distributionId, mediaHost, otherHosts, apiHosts, settingsStoreArn, fallbacks, ...ofWebAcl } = JSON.parse(
    text,
  ) as Partial<EdgeDescription>;
  if (!distributionId || !mediaHost || !apiHosts || !settingsStoreArn) {
    throw new Error('The edge parameter lacks a member.');
  }
  const { accessRuleGroupArn, addressHeader } = ofWebAcl;
  return {
    ...{ distributionId, mediaHost, otherHosts, apiHosts, settingsStoreArn, fallbacks },
    ...{ accessRuleGroupArn, addressHeader },
  };
}
