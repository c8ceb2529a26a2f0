import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { GlassAnswer, GlassRequest } from '../../lambda/contract/break-glass.ts';
import { breakGlassFunction } from '../../lambda/contract/break-glass.ts';

/** Says in a sentence why the function let nobody in. */
export class NotLetIn extends Error {}

/**
 * Calls the function that lets people in, with the credentials that the AWS SDK finds.
 * @param region the home region
 * @throws NotLetIn
 */
export async function callGlass(
  deployment: string,
  region: string | undefined,
  request: GlassRequest,
): Promise<Exclude<GlassAnswer, { readonly refused: string }>> {
  const lambda = new LambdaClient(region === undefined ? {} : { region });
  const FunctionName = breakGlassFunction(deployment);
  const answer = await lambda
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }))
    .catch((error: unknown) => {
      throw new NotLetIn(`${FunctionName} could not be called: ${error instanceof Error ? error.message : error}`);
    });
  if (answer.FunctionError) throw new NotLetIn(`${FunctionName} failed; its log says why.`);
  const told = JSON.parse(answer.Payload?.transformToString() ?? 'null') as GlassAnswer;
  if ('refused' in told) throw new NotLetIn(told.refused);
  return told;
}
