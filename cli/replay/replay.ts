import { appendFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CommandFailed } from '../command-failed.ts';
import { inParallel } from '../in-parallel.ts';
import { WrongCall } from '../wrong-call.ts';
import type { Bounds } from './compare-answers.ts';
import { compareAnswers } from './compare-answers.ts';
import { replayedUrls } from './replayed-urls.ts';
import { seeAnswer } from './seen-answer.ts';

export const REPLAY_HELP = `Usage: vitrine replay FILE --from URL --to URL [--difference P] [--larger P] [--most N] [--accept TYPES] [--out FILE]

Asks two hosts for the same URLs, the old one and this one, and compares status, size in pixels, bytes, and what is seen.

  FILE          an access log in the common or combined format, a list of URLs or paths, or a sitemap
  --from        URL endpoint of the old host, such as https://ik.imagekit.io/demo
  --to          URL endpoint of the new one
  --difference  mean difference of the colours, in percent, that is none yet. Default: 2
  --larger      percent by which a picture may have more bytes. Default: 25
  --most        URLs that are compared. Default: all
  --accept      what the client accepts. Default: image/avif,image/webp,*/*
  --out         a file with a line of JSON for each URL

Both pictures are brought to 64 x 64 pixels before they are compared. Queries of URLs may be secrets: the file of --out has them.
Exit codes: 0 no difference, 1 a difference, or nothing to compare, 2 the call is wrong.
`;

const SIDE_BY_SIDE = 4;

interface Replay {
  readonly from: string;
  readonly to: string;
  readonly accept: string;
  readonly bounds: Bounds;
  readonly out: string | undefined;
}

/** Runs the verb. @returns the exit code */
export async function replay(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1 || !values.from || !values.to) {
    print(REPLAY_HELP);
    return values.help ? 0 : 2;
  }
  const asked = {
    ...{ from: baseOf(values.from), to: baseOf(values.to), accept: values.accept, out: values.out },
    bounds: { difference: numberOf('difference', values.difference), larger: numberOf('larger', values.larger) },
  };
  const most = values.most === undefined ? Number.POSITIVE_INFINITY : numberOf('most', values.most);
  const { paths, skipped } = await replayedUrls(file, asked.from);
  const compared = paths.slice(0, most);
  if (compared.length === 0) throw new CommandFailed(`${file} names no URL of ${asked.from}.`);
  const different = await compareAll(asked, compared, print);
  print(`${compared.length} URLs compared, ${different} differ; ${skipped} lines named none of ${asked.from}.\n`);
  return different > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      from: { type: 'string' },
      to: { type: 'string' },
      difference: { type: 'string', default: '2' },
      larger: { type: 'string', default: '25' },
      most: { type: 'string' },
      accept: { type: 'string', default: 'image/avif,image/webp,*/*' },
      out: { type: 'string' },
    },
  });
}

function baseOf(url: string): string {
  if (!URL.canParse(url)) throw new WrongCall(`${url} is no URL.`);
  return url.replace(/\/+$/, '');
}

function numberOf(name: string, text: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (!(value >= 0)) throw new WrongCall(`--${name} takes a number from 0 on, not "${text}".`);
  return value;
}

/** @returns how many differ */
async function compareAll(
  { from, to, accept, bounds, out }: Replay,
  paths: readonly string[],
  print: (text: string) => void,
): Promise<number> {
  let different = 0;
  if (out !== undefined) await writeFile(out, '');
  await inParallel(paths, SIDE_BY_SIDE, async (path) => {
    const [before, after] = await Promise.all([seeAnswer(`${from}${path}`, accept), seeAnswer(`${to}${path}`, accept)]);
    const compared = compareAnswers(path, before, after, bounds);
    if (out !== undefined) await appendFile(out, `${JSON.stringify(compared)}\n`);
    if (compared.faults.length === 0) return;
    different++;
    print(`${path}: ${compared.faults.join('; ')}\n`);
  });
  return different;
}
