import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireSafeVersions } from '../../../lib/bundling/oldest-safe-versions.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';

function lockWith(sharp: string, libvips?: string): string {
  const file = join(temporaryFolder('lock'), 'package-lock.json');
  const packages = {
    'node_modules/sharp': { version: sharp },
    ...(libvips !== undefined && { 'node_modules/@img/sharp-libvips-linux-arm64': { version: libvips } }),
  };
  writeFileSync(file, JSON.stringify({ packages }));
  return file;
}

/* SUP-001 of the attack catalogue. */
describe('the decoders of pictures', () => {
  it.each(['lambda/sharp-layer', '.'])('are safe in the lock file of %s', (folder) => {
    expect(() => requireSafeVersions(join(PROJECT_ROOT, folder, 'package-lock.json'))).not.toThrow();
  });

  it.each([
    ['0.35.3', '1.3.2'],
    ['0.35.10', '1.3.2'],
    ['1.0.0', '1.10.0'],
  ])('may be sharp %s with libvips %s', (sharp, libvips) => {
    expect(() => requireSafeVersions(lockWith(sharp, libvips))).not.toThrow();
  });

  it.each([
    ['0.35.2', '1.3.2', /sharp 0\.35\.2; the oldest safe one is 0\.35\.3 \(GHSA-f88m-g3jw-g9cj\)/],
    ['0.9.9', '1.3.2', /sharp 0\.9\.9/],
    ['0.35.3-rc.1', '1.3.2', /sharp 0\.35\.3-rc\.1/],
    ['0.35.5', '1.3.1', /libvips-linux-arm64 1\.3\.1; the oldest safe one is 1\.3\.2/],
    ['0.35.5', undefined, /libvips-linux-arm64 in no version/],
  ])('stop a build with sharp %s and libvips %s', (sharp, libvips, message) => {
    expect(() => requireSafeVersions(lockWith(sharp, libvips))).toThrow(message);
  });
});
