import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Api } from '../api/api.ts';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { fileAt } from '../api/assets.ts';
import { CommandFailed } from '../command-failed.ts';

export const PURGE_HELP = `Usage: vitrine purge URL|PATH [--wait] [--api URL]

Removes what was made of a file, a folder or a URL, from the storage and from the CDN. Originals stay. A path ends with a slash
when it is a folder's.

  --wait  comes back when the purge is done everywhere
${API_HELP}
Exit codes: 0 begun, or done with --wait, 1 refused, 2 the call is wrong.
`;

/** Milliseconds between two looks. */
const PAUSE = 1000;

/** Runs the verb. @returns the exit code */
export async function purge(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...API_OPTIONS, wait: { type: 'boolean', default: false } },
  });
  const [what] = positionals;
  if (values.help || what === undefined || positionals.length > 1) {
    print(PURGE_HELP);
    return values.help ? 0 : 2;
  }
  const api = apiOf(values.api);
  const answer = await api.call('POST', '/v1/files/purge', { body: await targetOf(api, what) });
  const { requestId } = (await answer.json()) as { readonly requestId: string };
  if (values.wait) await untilDone(api, requestId);
  print(`The purge ${requestId} ${values.wait ? 'is done' : 'has begun'}.\n`);
  return 0;
}

/** @throws CommandFailed when there is no file of that path */
async function targetOf(api: Api, what: string): Promise<Readonly<Record<string, string>>> {
  if (/^https?:/i.test(what)) return { url: what };
  if (what.endsWith('/')) return { folderPath: what.replace(/(.)\/$/, '$1') };
  const file = await fileAt(api, what);
  if (!file) throw new CommandFailed(`There is no file ${what}. The path of a folder ends with a slash.`);
  return { fileId: file.fileId };
}

async function untilDone(api: Api, requestId: string): Promise<void> {
  for (;;) {
    const answer = await api.call('GET', `/v1/files/purge/${requestId}`);
    if (((await answer.json()) as { readonly status: string }).status === 'Completed') return;
    await pause(PAUSE);
  }
}
