import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { CommandFailed } from '../command-failed.ts';
import type { StackContents } from './stack-contents.ts';

/** Seconds. CloudFront takes some minutes to let go of a distribution, and millions of variants are emptied for 15. */
const LONGEST = 5400;

/** @throws CommandFailed when the stack is still there afterwards */
export async function destroyStack(client: CloudFormationClient, { name, isProtected }: StackContents): Promise<void> {
  if (isProtected) {
    const free = { StackName: name, EnableTerminationProtection: false };
    await client.send(new UpdateTerminationProtectionCommand(free));
  }
  await client.send(new DeleteStackCommand({ StackName: name }));
  const waiting = { client, maxWaitTime: LONGEST, minDelay: 2, maxDelay: 30 };
  await waitUntilStackDeleteComplete(waiting, { StackName: name }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailed(`${name} could not be deleted; its events say why, and the call may be made again. ${why}`);
  });
}
