import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { inject } from 'vitest';
import { EDGE_REGION, type EdgeDescription, edgeParameterName } from '../../lambda/contract/edge.ts';
import { reach } from './clients.ts';

/** What the edge stack told the regions. */
export async function edgeDescription(): Promise<EdgeDescription> {
  const ssm = new SSMClient(reach(inject('deployment').endpoint, EDGE_REGION));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: edgeParameterName('vitrine') }));
  return JSON.parse(Parameter?.Value ?? '');
}
