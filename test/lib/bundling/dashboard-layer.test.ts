import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { dashboardLayer } from '../../../lib/bundling/dashboard-layer.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';

/** Bytes of a route's own files, over those of the first load. */
const ROUTE_BYTES = 120_000;

let folder: string;
let names: string[];

beforeAll(() => {
  folder = join(dashboardLayer(PROJECT_ROOT), 'dashboard');
  names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
});

describe('the layer of the dashboard', () => {
  it('has every file compressed beside it', () => {
    const plain = names.filter((name) => !name.endsWith('.br'));

    expect(plain).toContain('index.html');
    for (const name of plain) {
      expect(brotliDecompressSync(readFileSync(join(folder, `${name}.br`)))).toEqual(readFileSync(join(folder, name)));
    }
  });

  it('has a page that holds no script and no style itself', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');

    expect(page).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/);
  });

  it('has no font and nothing of other hosts', () => {
    const styles = names
      .filter((name) => name.endsWith('.css'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));

    expect(styles.length).toBeGreaterThan(0);
    expect(styles.filter((text) => /@font-face|url\((?!["']?(data:image|\/dashboard\/))/.test(text))).toEqual([]);
  });

  it(`has no file that a route loads beyond ${ROUTE_BYTES / 1000} KB, but for the first load’s`, () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const later = names.filter((name) => name.endsWith('.br') && !page.includes(name.replace(/\.br$/, '')));

    expect(later.filter((name) => statSync(join(folder, name)).size > ROUTE_BYTES)).toEqual([]);
  });

  it('is built once for the same sources', () => {
    const before = statSync(join(folder, 'index.html')).mtimeMs;

    expect(join(dashboardLayer(PROJECT_ROOT), 'dashboard')).toBe(folder);
    expect(statSync(join(folder, 'index.html')).mtimeMs).toBe(before);
  });
});
