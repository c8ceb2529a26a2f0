import { parseArgs } from 'node:util';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';

export const CEILING_HELP = `Usage: vitrine ceiling show [--api URL]
       vitrine ceiling lift --reason TEXT [--api URL]

The ceiling of spending, "spendCeiling" in cdk.json: over it no new pictures are made, and what was made before is delivered. It ends with
the month. lift has pictures made again until then, whatever is spent.

  --reason   for the audit log
${API_HELP}
Exit codes: 0 done, 1 refused, 2 the call is wrong.
`;

/** As the API answers it. */
interface Ceiling {
  readonly dollars?: number;
  readonly month: string;
  readonly until: string;
  readonly isOver: boolean;
  readonly reachedAt?: string;
  readonly spent?: number;
  readonly liftedAt?: string;
}

const PATH = '/v1/accounts/spend-ceiling';

/** Runs the verb. @returns the exit code */
export async function ceiling(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...API_OPTIONS, reason: { type: 'string' } },
  });
  const { reason, api: url } = values;
  const task = positionals.join(' ');
  const isRight = (task === 'show' && reason === undefined) || (task === 'lift' && reason !== undefined);
  if (values.help || !isRight) {
    print(CEILING_HELP);
    return values.help ? 0 : 2;
  }
  const api = apiOf(url);
  const answer =
    task === 'show' ? await api.call('GET', PATH) : await api.call('POST', `${PATH}/lift`, { body: { reason } });
  print(`${sentenceOf((await answer.json()) as Ceiling)}\n`);
  return 0;
}

function sentenceOf({ dollars, month, until, isOver, reachedAt, spent, liftedAt }: Ceiling): string {
  const limit = dollars === undefined ? 'There is no ceiling' : `The ceiling is ${dollars} US dollars a month`;
  const reached = reachedAt === undefined ? '' : ` ${spent} were spent by ${reachedAt}.`;
  if (isOver) return `${limit}.${reached} No new pictures are made before ${until}.`;
  if (liftedAt !== undefined) return `${limit}, lifted at ${liftedAt} until ${until}.${reached}`;
  return dollars === undefined ? `${limit}.` : `${limit}, not reached in ${month}.`;
}
