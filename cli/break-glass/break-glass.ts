import { parseArgs } from 'node:util';
import { callGlass, NotLetIn } from './call-glass.ts';

export const BREAK_GLASS_HELP = `Usage: vitrine break-glass --reason TEXT [--deployment NAME] [--region REGION]

Makes a key with the rights of an administrator that ends within an hour, for when nobody can sign in. Every use is an alarm, a
mail to every owner and an event of the audit log. The credentials of AWS must allow calling the function NAME-break-glass: those
of the role of the same name do.

  --reason      why, in a sentence: it is in the mail and in the audit log
  --deployment  name of the deployment. Default: vitrine
  --region      its home region. Default: the one of the AWS SDK

Exit codes: 0 the key is printed, 1 it is refused, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function breakGlass(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      reason: { type: 'string' },
      deployment: { type: 'string', default: 'vitrine' },
      region: { type: 'string' },
    },
  });
  const { help, reason, deployment, region } = values;
  if (help || reason === undefined) {
    print(BREAK_GLASS_HELP);
    return help ? 0 : 2;
  }
  try {
    const told = await callGlass(deployment, region, { action: 'open', reason });
    if ('key' in told) print(`${told.key}\nIt ends at ${told.endsAt}.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof NotLetIn)) throw error;
    print(`${error.message}\n`);
    return 1;
  }
}
