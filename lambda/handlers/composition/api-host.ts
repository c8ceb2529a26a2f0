import { SSMClient } from '@aws-sdk/client-ssm';
import { EdgeMissing, edgeParameter } from '../../adapters/edge/edge-parameter.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { Report } from '../../core/kernel/report.ts';

/**
 * The host by which people call the API of this region: the one of the distribution. What API Gateway sees is its own. It
 * is read while the function starts, so that the first call need not wait for it.
 * @returns a function that gives undefined when nobody knows the host: before the edge is there
 */
export function composeApiHost(): (report: Report) => Promise<string | undefined> {
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  void edge().catch(() => {});
  return async (report) => {
    try {
      return (await edge()).apiHosts[process.env.AWS_REGION ?? ''];
    } catch (error) {
      if (!(error instanceof EdgeMissing)) report('api-host-unknown', error);
      return undefined;
    }
  };
}
