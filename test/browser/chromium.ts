import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** What the package holds packed is unpacked here once; it takes some seconds. */
const UNPACKED = new URL('../../.cache/browser', import.meta.url).pathname;

const PACKED = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');

/** Milliseconds until something of a browser is taken for hung; a busy machine takes longer than the default of 30 s. */
export const PATIENCE = 120_000;

/**
 * A real browser that comes from npm, with the libraries that a bare machine lacks. As root, and in containers, it has no
 * sandbox of its own; it visits pages of the tests only.
 */
export async function startChromium(): Promise<Browser> {
  await unpackOnce();
  return chromium.launch({
    executablePath: join(UNPACKED, 'chromium'),
    args: ['--headless=shell', '--no-sandbox', '--disable-gpu'],
    timeout: PATIENCE,
    env: { ...process.env, LD_LIBRARY_PATH: join(UNPACKED, 'al2023', 'lib') },
  });
}

/** Test files run side by side: each unpacks for itself, and the first to be ready is whom all use, so that none starts half a program. */
async function unpackOnce(): Promise<void> {
  if (existsSync(UNPACKED)) return;
  const own = `${UNPACKED}-${process.pid}`;
  mkdirSync(own, { recursive: true });
  await inTemporaryFolder(own, async () => {
    await inflate(join(PACKED, 'chromium.br'));
    await inflate(join(PACKED, 'al2023.tar.br'));
  });
  try {
    renameSync(own, UNPACKED);
  } catch {
    rmSync(own, { recursive: true });
  }
}

/** The package unpacks to the folder for temporary files, which other users of the machine share. */
async function inTemporaryFolder(folder: string, step: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await step();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
