import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { type Check, judge, ONLY_IN_AWS } from '../check.ts';

/** A page of a gallery that nobody has seen yet asks for so many pictures at once. */
const ENOUGH = 100;

export const lambdaConcurrency: Check = {
  title: 'Quota of concurrent Lambda functions',
  run: async ({ deployment }) => {
    if (!deployment.aws) return ONLY_IN_AWS;
    const { AccountLimit } = await deployment.aws.clients.lambda.send(new GetAccountSettingsCommand({}));
    const quota = AccountLimit?.ConcurrentExecutions ?? 0;
    return judge(
      quota >= ENOUGH,
      `${quota} at a time, ${AccountLimit?.UnreservedConcurrentExecutions ?? 0} of them not reserved`,
      'New pictures are made in parallel.',
      `New pictures wait for each other: ask AWS for ${ENOUGH} concurrent functions or more (Service Quotas, AWS Lambda).`,
    );
  },
};
