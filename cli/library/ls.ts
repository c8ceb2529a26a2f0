import { parseArgs } from 'node:util';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { filesOf, foldersOf } from '../api/assets.ts';
import { lineOf } from './asset-lines.ts';

export const LS_HELP = `Usage: vitrine ls [FOLDER] [--json] [--api URL]

Lists a folder: its folders, then its files by name, with bytes and the time of the last change in UTC. Default: the root.

  --json  a line of JSON for each, with everything that the API tells
${API_HELP}
Exit codes: 0 listed, 1 refused, 2 the call is wrong.
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
  const query = { path: positionals[0] ?? '/', sort: 'ASC_NAME' };
  for await (const folder of foldersOf(api, query)) print(lineOf(folder, values.json));
  for await (const file of filesOf(api, query)) print(lineOf(file, values.json));
  return 0;
}
