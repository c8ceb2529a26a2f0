import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** What the package holds packed is unpacked here once; it takes some seconds. */
const UNPACKED = new URL('../../.cache/browser', import.meta.url).pathname;

const PACKED = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');

/**
 * A real browser that comes from npm, with the libraries that a bare machine lacks. As root, and in containers, it has no
 * sandbox of its own; it visits pages of the tests only.
 */
export async function startChromium(): Promise<Browser> {
  const unpack = (name: string): Promise<string> => inUnpacked(() => inflate(join(PACKED, name)));
  const [executablePath, libraries] = [await unpack('chromium.br'), await unpack('al2023.tar.br')];
  return chromium.launch({
    executablePath,
    args: ['--headless=shell', '--no-sandbox', '--disable-gpu'],
    env: { ...process.env, LD_LIBRARY_PATH: join(libraries, 'lib') },
  });
}

/** The package unpacks to the folder for temporary files, which other users of the machine share. */
async function inUnpacked<T>(step: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  mkdirSync(UNPACKED, { recursive: true });
  process.env.TMPDIR = UNPACKED;
  try {
    return await step();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
