import { parseArgs } from 'node:util';
import type { Api } from '../api/api.ts';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { filesOf, foldersOf } from '../api/assets.ts';
import { CommandFailed } from '../command-failed.ts';
import { lineOf } from './asset-lines.ts';

export const LS_HELP = `Usage: vitrine ls [FOLDER] [--json] [--api URL]

Lists a folder: its folders, then its files by name, with bytes and the time of the last change in UTC. Default: the root.

  --json  a line of JSON for each, with everything that the API tells
${API_HELP}
Exit codes: 0 listed, 1 refused or no such folder, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function ls(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...API_OPTIONS, json: { type: 'boolean', default: false } },
  });
  if (values.help || positionals.length > 1) {
    print(LS_HELP);
    return values.help ? 0 : 2;
  }
  const api = apiOf(values.api);
  const path = `/${(positionals[0] ?? '').replace(/^\/+|\/+$/g, '')}`;
  const query = { path, sort: 'ASC_NAME' };
  let isEmpty = true;
  for (const assets of [foldersOf(api, query), filesOf(api, query)]) {
    for await (const asset of assets) {
      print(lineOf(asset, values.json));
      isEmpty = false;
    }
  }
  // The API answers a folder that is not there as an empty one, as ImageKit's does.
  if (isEmpty && !(await isFolder(api, path))) throw new CommandFailed(`The library has no folder ${path}.`);
  return 0;
}

async function isFolder(api: Api, path: string): Promise<boolean> {
  if (path === '/') return true;
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  for await (const { folderPath } of foldersOf(api, { path: parent })) if (folderPath === path) return true;
  return false;
}
