import { readFileSync } from 'node:fs';

/** Versions before these have a hole that a hostile picture can use. */
const OLDEST_SAFE = {
  sharp: { version: '0.35.3', advisory: 'GHSA-f88m-g3jw-g9cj' },
  // The one that sharp 0.35.3 came with: libvips and its decoders.
  '@img/sharp-libvips-linux-arm64': { version: '1.3.2', advisory: 'GHSA-f88m-g3jw-g9cj' },
} as const;

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** @throws when a lock file has a decoder of pictures that is known to be unsafe, or none: nothing with it is built */
export function requireSafeVersions(lockFile: string): void {
  const { packages }: LockFile = JSON.parse(readFileSync(lockFile, 'utf8'));
  for (const [name, { version: oldest, advisory }] of Object.entries(OLDEST_SAFE)) {
    const version = packages[`node_modules/${name}`]?.version;
    if (version !== undefined && isAtLeast(version, oldest)) continue;
    throw new Error(
      `${lockFile} has ${name} ${version ?? 'in no version'}; the oldest safe one is ${oldest} (${advisory}). Update sharp.`,
    );
  }
}

/** Of versions with three numbers; what stands behind them, as in `1.0.0-rc.1`, is before the version itself. */
function isAtLeast(version: string, oldest: string): boolean {
  const [numbers = '', before] = version.split('-');
  const order = numbers.localeCompare(oldest, 'en', { numeric: true });
  return order > 0 || (order === 0 && before === undefined);
}
