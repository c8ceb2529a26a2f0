import { SSMClient } from '@aws-sdk/client-ssm';
import { edgeParameter, hasEdge } from '../../adapters/edge/edge-parameter.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { composePublication } from './publication.ts';

/** The dependencies of the publication that runs every minute. */
export function composeSyncEdge() {
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  return { ...composePublication(edge), hasEdge: () => hasEdge(edge) };
}
