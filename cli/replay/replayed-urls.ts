import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CommandFailed } from '../command-failed.ts';

/** What a file names, each URL once, in the order of the file. */
export interface ReplayedUrls {
  /** Path and query of each. */
  readonly paths: readonly string[];
  /** Lines in which no URL of the old host was found. */
  readonly skipped: number;
}

/** What ends a URL in a log, a list or a sitemap. */
const URLS = /https?:\/\/[^\s"'<>]+/g;

/** The request of a log line in the common format (Apache HTTP Server, "Log Files"). */
const REQUEST = /"(?:GET|HEAD) (\/\S*) HTTP\/[\d.]+"/;

/**
 * Reads an access log in the common or the combined format, a list of URLs or paths, or a sitemap.
 * @param from base URL of the old host; URLs of other places, such as a referrer, are left out
 * @throws CommandFailed for a file that cannot be read
 */
export async function replayedUrls(file: string, from: string): Promise<ReplayedUrls> {
  if (!(await stat(file).catch(() => undefined))?.isFile()) throw new CommandFailed(`${file} cannot be read.`);
  const paths = new Set<string>();
  let skipped = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const found = pathsIn(line.trim(), from.replace(/\/+$/, ''));
    for (const path of found) paths.add(path);
    if (found.length === 0 && line.trim() !== '') skipped++;
  }
  return { paths: [...paths], skipped };
}

function pathsIn(line: string, from: string): string[] {
  const requested = REQUEST.exec(line)?.[1];
  if (requested !== undefined) return below(requested, new URL(from).pathname.replace(/\/$/, ''));
  if (/^\/\S*$/.test(line)) return [line];
  return (line.match(URLS) ?? []).flatMap((url) => below(url.replaceAll('&amp;', '&'), from));
}

/** What follows a base, if it is there. */
const below = (text: string, base: string): string[] => (text.startsWith(`${base}/`) ? [text.slice(base.length)] : []);
