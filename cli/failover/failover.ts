import { parseArgs } from 'node:util';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';

export const FAILOVER_HELP = `Usage: vitrine failover begin REGION --reason TEXT [--minutes N] [--api URL]
       vitrine failover end REGION [--api URL]
       vitrine failover list [--api URL]

Declares a region down, by the API of another one. The region that its backup is in answers for it from there, and stores nothing.
Where there is no such region, and for endpoints with a residency lock, media are answered 503 with Retry-After, also those that the
CDN has in its cache; begin says which endpoints these are. It ends by itself; to make it longer, begin it again.

  --reason   for the audit log of the region that is called
  --minutes  1 to 1440. Default: 60
${API_HELP}
Exit codes: 0 done, 1 refused, 2 the call is wrong.
`;

interface Failover {
  readonly region: string;
  readonly until: string;
  readonly to?: string;
  /** Only of one that begins. */
  readonly staysOut?: readonly string[];
}

/** Runs the verb. @returns the exit code */
export async function failover(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...API_OPTIONS, reason: { type: 'string' }, minutes: { type: 'string' } },
  });
  const [action, region = '', ...more] = positionals;
  const { reason, minutes, api: url } = values;
  const isWrong = more.length > 0 || !isComplete(action, region, reason) || !/^\d{1,4}$/.test(minutes ?? '60');
  if (values.help || isWrong) {
    print(FAILOVER_HELP);
    return values.help ? 0 : 2;
  }
  const api = apiOf(url);
  if (action === 'list') {
    const found = (await (await api.call('GET', '/v1/accounts/failovers')).json()) as readonly Failover[];
    print(found.map(lineOf).join('') || 'No region is declared down.\n');
  } else if (action === 'end') {
    await api.call('DELETE', `/v1/accounts/failovers/${encodeURIComponent(region)}`);
    print(`${region} is there again.\n`);
  } else {
    const body = { region, reason, ...(minutes !== undefined && { minutes: Number(minutes) }) };
    print(lineOf((await (await api.call('POST', '/v1/accounts/failovers', { body })).json()) as Failover));
  }
  return 0;
}

function isComplete(action: string | undefined, region: string, reason: string | undefined): boolean {
  if (action === 'list') return region === '';
  return region !== '' && (action === 'end' || (action === 'begin' && reason !== undefined));
}

const lineOf = ({ region, until, to, staysOut }: Failover): string => {
  const answers = to === undefined ? 'its media are answered 503' : `${to} answers from its copy`;
  const out = staysOut?.length ? `Answered 503 meanwhile: ${staysOut.join(', ')}.\n` : '';
  return `${region} is declared down until ${until}: ${answers}.\n${out}`;
};
