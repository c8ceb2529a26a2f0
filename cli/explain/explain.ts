import { parseArgs } from 'node:util';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import type { Explanation } from './explanation.ts';
import { explanationText } from './explanation.ts';

export const EXPLAIN_HELP = `Usage: vitrine explain URL [--accept TYPES] [--width N] [--dpr N] [--json] [--api URL]

Tells how a URL is understood: the endpoint, the file, each step with its sizes, the format and why, and what is ignored.

  --accept  what the client accepts, such as image/avif,image/webp,*/*
  --width   width in pixels that the client tells
  --dpr     device pixel ratio that the client tells
  --json    the answer of the API
${API_HELP}
Exit codes: 0 it is answered with a picture or a file, 1 it is refused, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function explain(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...API_OPTIONS,
      accept: { type: 'string' },
      width: { type: 'string' },
      dpr: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [url] = positionals;
  if (values.help || url === undefined || positionals.length > 1) {
    print(EXPLAIN_HELP);
    return values.help ? 0 : 2;
  }
  const { accept, width, dpr } = values;
  const answer = await apiOf(values.api).call('GET', '/v1/explain', { query: { url, accept, width, dpr } });
  const told = (await answer.json()) as Explanation;
  print(values.json ? `${JSON.stringify(told, undefined, 2)}\n` : explanationText(told));
  return told.refused ? 1 : 0;
}
