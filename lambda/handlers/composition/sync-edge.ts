import { SSMClient } from '@aws-sdk/client-ssm';
import type { CommitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { edgeParameter, hasEdge } from '../../adapters/edge/edge-parameter.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { composePublication } from './publication.ts';

/** It publishes what others changed: it has neither a right to change anything nor an audit table. */
const refuse: CommitWithEvent = async () => {
  throw new Error('The publication changes no settings.');
};

/** The dependencies of the publication that runs every minute. */
export function composeSyncEdge() {
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  return { ...composePublication(edge, refuse), hasEdge: () => hasEdge(edge) };
}
