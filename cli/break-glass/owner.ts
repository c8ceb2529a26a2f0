import { parseArgs } from 'node:util';
import { callGlass, NotLetIn } from './call-glass.ts';

export const OWNER_HELP = `Usage: vitrine owner --mail ADDRESS --name NAME --api URL --reason TEXT [--deployment NAME] [--region REGION]

Invites an owner: the first one, or another one when none can sign in. It prints a link that can be used once. Every use is an
alarm, a mail to every owner and an event of the audit log. The credentials of AWS must allow calling the function
NAME-break-glass: those of the role of the same name do.

  --mail        address of the owner
  --name        their name
  --api         base URL of the API, which the link leads to
  --reason      why, in a sentence: it is in the mail and in the audit log
  --deployment  name of the deployment. Default: vitrine
  --region      its home region. Default: the one of the AWS SDK

Exit codes: 0 the link is printed, 1 it is refused, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function owner(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      mail: { type: 'string' },
      name: { type: 'string' },
      api: { type: 'string' },
      reason: { type: 'string' },
      deployment: { type: 'string', default: 'vitrine' },
      region: { type: 'string' },
    },
  });
  const { help, mail, name, api, reason, deployment, region } = values;
  if (help || !mail || !name || !api || !URL.canParse(api) || !reason) {
    print(OWNER_HELP);
    return help ? 0 : 2;
  }
  try {
    const told = await callGlass(deployment, region, { action: 'invite-owner', mail, name, reason });
    if (!('invitationToken' in told)) throw new NotLetIn('The function gave no invitation.');
    print(`${new URL(`/auth/invitation?token=${told.invitationToken}`, api).href}\nIt ends at ${told.endsAt}.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof NotLetIn)) throw error;
    print(`${error.message}\n`);
    return 1;
  }
}
