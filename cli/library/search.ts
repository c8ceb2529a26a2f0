import { parseArgs } from 'node:util';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { assetsOf } from '../api/assets.ts';
import { lineOf } from './asset-lines.ts';

export const SEARCH_HELP = `Usage: vitrine search QUERY [--path FOLDER] [--sort ORDER] [--json] [--api URL]

Lists the files that a query finds, for example:

  npx vitrine search 'name HAS "coat" AND size < "2mb"'

  --path  looks in this folder alone
  --sort  such as DESC_CREATED or ASC_NAME. Default: ASC_CREATED
  --json  a line of JSON for each, with everything that the API tells
${API_HELP}
Exit codes: 0 something was found, 1 nothing was found or refused, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function search(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      json: { type: 'boolean', default: false },
      path: { type: 'string' },
      sort: { type: 'string' },
    },
  });
  const [searchQuery] = positionals;
  if (values.help || searchQuery === undefined || positionals.length > 1) {
    print(SEARCH_HELP);
    return values.help ? 0 : 2;
  }
  let found = 0;
  for await (const asset of assetsOf(apiOf(values.api), { searchQuery, path: values.path, sort: values.sort })) {
    found++;
    print(lineOf(asset, values.json));
  }
  return found > 0 ? 0 : 1;
}
