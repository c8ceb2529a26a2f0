import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From which version on nothing is known against a package. */
export interface SafeFrom {
  readonly version: string;
  /** Of the newest hole before it. */
  readonly advisory: string;
}

/*
 * Looked up on 30 November 2026 at https://osv.dev, https://github.com/advisories and in the packages' own releases. `npm run audit` asks the
 * registry what is known since; whatever it finds belongs here, so that it also holds where nobody can ask.
 */

/** Decoders of pictures, in the layer. Versions before these have a hole that a hostile picture can use. */
export const DECODERS: Readonly<Record<string, SafeFrom>> = {
  sharp: { version: '0.35.5', advisory: 'GHSA-wq5f-xc86-pv6w' },
  // The one that sharp 0.35.5 came with: libvips and its decoders.
  '@img/sharp-libvips-linux-arm64': { version: '1.3.4', advisory: 'GHSA-wq5f-xc86-pv6w' },
};

/** Packages in the functions' bundles that had a hole. Of the others none is known to us. */
export const BUNDLED: Readonly<Record<string, SafeFrom>> = {
  '@fastify/busboy': { version: '3.2.6', advisory: 'GHSA-pvmq-3jr9-v5qh' },
  fflate: { version: '0.8.3', advisory: 'CLSA-2026-1789897715' },
  jose: { version: '4.15.5', advisory: 'CVE-2024-28176' },
  zod: { version: '4.6.6', advisory: 'GHSA-mrhx-c7xc-m3w5' },
};

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** @throws when a lock file has a decoder of pictures that is known to be unsafe, or none: nothing with it is built */
export function requireSafeVersions(lockFile: string): void {
  const { packages }: LockFile = JSON.parse(readFileSync(lockFile, 'utf8'));
  for (const [name, safe] of Object.entries(DECODERS)) {
    requireSafe(lockFile, name, packages[`node_modules/${name}`]?.version, safe);
  }
}

/**
 * @param root the repository
 * @param files that went into a bundle, from there
 * @throws when one of them is of a package whose version is known to be unsafe
 */
export function requireSafePackages(root: string, files: readonly string[]): void {
  const folders = new Set(files.flatMap((file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []));
  for (const folder of folders) {
    const safe = BUNDLED[folder.slice(folder.lastIndexOf('node_modules/') + 13)];
    if (!safe) continue;
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    requireSafe(folder, name, version, safe);
  }
}

function requireSafe(place: string, name: string, version: string | undefined, safe: SafeFrom): void {
  if (version !== undefined && isAtLeast(version, safe.version)) return;
  throw new Error(
    `${place} has ${name} ${version ?? 'in no version'}; the oldest safe one is ${safe.version} (${safe.advisory}). Update it.`,
  );
}

/** Of versions with three numbers; what stands behind them, as in `1.0.0-rc.1`, is before the version itself. */
function isAtLeast(version: string, oldest: string): boolean {
  const [numbers = '', before] = version.split('-');
  const order = numbers.localeCompare(oldest, 'en', { numeric: true });
  return order > 0 || (order === 0 && before === undefined);
}
