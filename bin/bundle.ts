import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../lib/config/config.ts';
import { makeBundle } from '../lib/deployment-bundle/make-bundle.ts';
import { PROJECT_ROOT } from '../lib/vitrine-context.ts';

/* Writes vitrine.tgz, with which the configured deployment is made where this repository is not. */
const draft = join(PROJECT_ROOT, '.cache/deployment-bundle');
const tarball = join(PROJECT_ROOT, 'vitrine.tgz');
try {
  mkdirSync(draft, { recursive: true });
  makeBundle(tarball, draft);
  console.log(
    `${tarball}, ${Math.ceil(statSync(tarball).size / 1e6)} MB. docs/deployment-bundle.md tells how to use it.`,
  );
  console.log(`SHA-256 ${createHash('sha256').update(readFileSync(tarball)).digest('hex')}`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(draft, { recursive: true, force: true });
}
