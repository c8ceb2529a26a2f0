import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** File of the bundle with its provenance. */
export const PROVENANCE_FILE = 'provenance.json';

/** What is named with its checksum (in-toto attestation framework 1.0, "ResourceDescriptor"). */
export interface ResourceDescriptor {
  readonly name: string;
  /** By algorithm, in hexadecimal. */
  readonly digest: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, boolean>>;
}

/**
 * From what a bundle was made, by what, and what every file of it must be: an in-toto Statement v1 with the predicate of SLSA Provenance v1
 * (in-toto.io/Statement/v1, slsa.dev/provenance/v1).
 */
export interface Provenance {
  readonly _type: 'https://in-toto.io/Statement/v1';
  /** Every file of the bundle but this one, by its path in it. */
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: 'https://slsa.dev/provenance/v1';
  readonly predicate: {
    readonly buildDefinition: {
      readonly buildType: string;
      /** What its owner chose. */
      readonly externalParameters: { readonly configuration: unknown };
      /** What the machine was. */
      readonly internalParameters: { readonly node: string; readonly platform: string };
      /** The commit, where there is one, and the files that lock every dependency with its checksum. */
      readonly resolvedDependencies: readonly ResourceDescriptor[];
    };
    readonly runDetails: {
      readonly builder: { readonly id: string; readonly version: Readonly<Record<string, string>> };
      readonly metadata: { readonly startedOn: string; readonly finishedOn: string };
    };
  };
}

/** Explained in docs/deployment-bundle.md. The builder is whoever ran the command: nobody vouches for the machine. */
const BUILD_TYPE = 'urn:vitrine:deployment-bundle:v1';
const BUILDER = 'urn:vitrine:npm-run-bundle';

const LOCK_FILES = ['package-lock.json', 'lambda/sharp-layer/package-lock.json'];

/** A bundle that is complete but for its provenance. */
export interface MadeBundle {
  readonly folder: string;
  /** The repository that it was made of. */
  readonly root: string;
  /** The key `vitrine` of cdk.json, as it was used. */
  readonly configuration: unknown;
  readonly startedOn: Date;
  readonly finishedOn: Date;
}

/** It is no signature: that needs a key, or the identity of a CI service. */
export function provenanceOf({ folder, root, configuration, startedOn, finishedOn }: MadeBundle): Provenance {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: filesIn(folder),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { configuration },
        internalParameters: { node: process.version, platform: `${process.platform}-${process.arch}` },
        resolvedDependencies: [...sourceOf(root), ...LOCK_FILES.map((path) => described(root, join(root, path)))],
      },
      runDetails: {
        builder: { id: BUILDER, version: { vitrine: version } },
        metadata: { startedOn: startedOn.toISOString(), finishedOn: finishedOn.toISOString() },
      },
    },
  };
}

/** @returns nothing where the bundle was not made in a clone */
function sourceOf(root: string): ResourceDescriptor[] {
  const gitCommit = git(root, 'rev-parse', 'HEAD');
  const differs = git(root, 'status', '--porcelain') !== '';
  return gitCommit === undefined ? [] : [{ name: 'source', digest: { gitCommit }, annotations: { differs } }];
}

function filesIn(folder: string): ResourceDescriptor[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => described(folder, path));
}

const described = (folder: string, path: string): ResourceDescriptor => ({
  name: relative(folder, path),
  digest: { sha256: createHash('sha256').update(readFileSync(path)).digest('hex') },
});

/** @returns undefined where there is no repository, or no git */
function git(cwd: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
