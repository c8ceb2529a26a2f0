import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { RestoreAnswer, RestoreRequest } from '../../lambda/contract/backup.ts';
import { restoreFunctionName } from '../../lambda/contract/backup.ts';
import { CommandFailed } from '../command-failed.ts';

type Answered<Member extends string> = Extract<RestoreAnswer, { readonly [M in Member]: unknown }>;

/** Member of the answer to each step. */
const ANSWERS = { plan: 'plan', copy: 'copied', write: 'written', finish: 'finished' } as const;

type Answers = typeof ANSWERS;

/** Has the function of the region make one step. @throws CommandFailed when it refuses or fails */
export type CallRestorer = <Action extends keyof Answers>(
  action: Action,
  part?: { readonly part: number; readonly parts: number },
) => Promise<Answered<Answers[Action]>>;

/** With the credentials that the AWS SDK finds. */
export function restorer(at: {
  readonly deployment: string;
  readonly region: string | undefined;
  readonly bucket: string;
}): CallRestorer {
  const lambda = new LambdaClient(at.region === undefined ? {} : { region: at.region });
  const FunctionName = restoreFunctionName(at.deployment);
  return async (action, part) => {
    const request = { action, from: at.bucket, ...part } as RestoreRequest;
    const told = await invoke(lambda, FunctionName, request);
    if ('refused' in told) throw new CommandFailed(told.refused);
    if (!(ANSWERS[action] in told)) throw new CommandFailed(`${FunctionName} is of another version than this command.`);
    return told as Answered<Answers[typeof action]>;
  };
}

async function invoke(lambda: LambdaClient, FunctionName: string, request: RestoreRequest): Promise<RestoreAnswer> {
  const answer = await lambda
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }))
    .catch((error: unknown) => {
      throw new CommandFailed(`${FunctionName} could not be called: ${error instanceof Error ? error.message : error}`);
    });
  const text = answer.Payload?.transformToString() ?? 'null';
  if (!answer.FunctionError) return JSON.parse(text) as RestoreAnswer;
  const { errorMessage = 'its log says why' } = JSON.parse(text) as { readonly errorMessage?: string };
  throw new CommandFailed(`${FunctionName} failed: ${errorMessage}`);
}
