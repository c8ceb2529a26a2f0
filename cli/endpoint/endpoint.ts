import { parseArgs } from 'node:util';
import type { Api } from '../api/api.ts';
import { apiOf } from '../api/api.ts';
import { CommandFailed } from '../command-failed.ts';
import { newTally } from '../tally.ts';
import { type Tell, TO_PEOPLE } from '../to-people.ts';
import { copyLibrary } from './copy-library.ts';
import { refuseOtherLibrary } from './refuse-other-library.ts';

export const ENDPOINT_HELP = `Usage: vitrine endpoint migrate ID --to REGION --to-api URL --via DIR [--api URL]

Moves a URL endpoint to another region. Every file of the library of its region is copied into the library of the other one, with all
versions and details, until a whole look finds nothing that is missing; then the endpoint is of the other region. Its URLs answer all
the time. The files of the old region stay there, because other endpoints may deliver them. After a break it is called again: what is
there is left alone. Files of which the other library has other versions fail, and the endpoint stays where it is then.

  --to      the other region
  --to-api  base URL of the other region's API
  --via     folder of this machine for the bytes on their way
  --api     base URL of the API of the region where the endpoint is. Default: VITRINE_API

VITRINE_PRIVATE_KEY signs URLs of private files. Drafts and files that are taken down are delivered to nobody, and fail.
Exit codes: 0 it is there with all files, 1 something failed, 2 the call is wrong.
`;

/** An endpoint as the API tells it. */
export interface ToldEndpoint {
  readonly id: string;
  readonly urlPrefix: string;
  readonly region: string;
}

/** Looks at the whole library before it is given up: somebody uploads all the time. */
const LOOKS = 5;

/** Runs the verb. @returns the exit code */
export async function endpoint(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      api: { type: 'string' },
      to: { type: 'string' },
      'to-api': { type: 'string' },
      via: { type: 'string' },
    },
  });
  const [action, id, ...more] = positionals;
  const { to, 'to-api': toApi, via } = values;
  const isWhole = action === 'migrate' && id && to && toApi && via && more.length === 0;
  if (values.help || !isWhole) {
    print(ENDPOINT_HELP);
    return values.help ? 0 : 2;
  }
  const [from, target] = [apiOf(values.api), apiOf(toApi)];
  const path = `/v1/accounts/url-endpoints/${encodeURIComponent(id)}`;
  const moving = (await (await target.call('GET', path)).json()) as ToldEndpoint;
  const isThere = moving.region === to;
  if (!isThere) {
    await refuseOtherLibrary(from, moving.urlPrefix);
    if (!(await copyUntilWhole(from, target, via, print, tell))) return 1;
    await target.call('POST', `${path}/migrate`, { body: { region: to } });
  }
  print(`The endpoint ${id} is of ${to}.\n`);
  // What came into the old region meanwhile.
  return (await copyUntilWhole(from, target, via, print, tell)) ? 0 : 1;
}

/** @returns whether the other library has everything; what failed was told */
async function copyUntilWhole(
  from: Api,
  target: Api,
  via: string,
  print: (text: string) => void,
  tell: Tell,
): Promise<boolean> {
  for (let look = 1; look <= LOOKS; look++) {
    const tally = newTally(['copied', 'there before'], tell);
    await copyLibrary(from, target, via, tally);
    print(tally.summary());
    if (tally.of('failed') > 0) return false;
    if (tally.of('copied') === 0) return true;
  }
  throw new CommandFailed(
    'Files come in faster than they are copied. Stop the uploads into the old region, and call again.',
  );
}
