import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { reporter } from '../reporter.ts';

/** Does what the event asks for. @throws when CloudFormation is to end the deployment */
export type CustomResourceWork = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;

/**
 * A handler of a custom resource. CloudFormation waits for an answer at the URL of the event and takes nothing else for
 * one (AWS CloudFormation, "Custom resource request and response reference").
 */
export function customResource(work: CustomResourceWork) {
  return async (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> => {
    const reason = await work(event, context).then(
      () => undefined,
      (error: Error) => {
        reporter()('custom-resource', error);
        return error.message;
      },
    );
    await answer(event, reason);
  };
}

async function answer(event: CloudFormationCustomResourceEvent, reason: string | undefined): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({
    Status: reason === undefined ? 'SUCCESS' : 'FAILED',
    ...(reason !== undefined && { Reason: reason }),
    // Always the same: an update never makes CloudFormation delete what was before.
    PhysicalResourceId: LogicalResourceId,
    ...{ StackId, RequestId, LogicalResourceId },
  });
  const { ok, status } = await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } });
  if (!ok) throw new Error(`CloudFormation refused the answer with ${status}.`);
}
