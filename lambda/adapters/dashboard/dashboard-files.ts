import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { DashboardDeps } from '../../api/dashboard-files.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The dashboard's files. Those that compress have a `.br` beside them.
 * @param folder undefined where the dashboard is not served
 */
export function dashboardFiles(folder: string | undefined): DashboardDeps['read'] {
  let listed: ReadonlySet<string> | undefined;
  return async (name, takesBrotli) => {
    // A name that is on the list leads nowhere else.
    listed ??= new Set(folder === undefined ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' }));
    const type = TYPES[extname(name)];
    if (folder === undefined || type === undefined || !listed.has(name)) return undefined;
    const isBrotli = takesBrotli && listed.has(`${name}.br`);
    return { bytes: await readFile(join(folder, isBrotli ? `${name}.br` : name)), type, isBrotli };
  };
}
