import { readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importsOf, ROOT, sourcesIn, textOf } from './sources.ts';

const PACKAGE = 'packages/local-cloud';

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(textOf(`${PACKAGE}/package.json`)) as PackageJson;

/** Imports of a folder's files that the allowed packages do not cover. */
function foreign(folder: string, packages: readonly string[]): string[] {
  return sourcesIn(folder).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith(`${PACKAGE}/`) && !isBuiltin(specifier))
      .filter((specifier) => !packages.some((name) => specifier === name || specifier.startsWith(`${name}/`)))
      .map((specifier) => `${file}: ${specifier}`),
  );
}

it('the local cloud imports itself, Node and the dependencies that it declares', () => {
  const { dependencies = {}, optionalDependencies = {}, devDependencies = {} } = manifest;
  const atRunTime = Object.keys({ ...dependencies, ...optionalDependencies });

  expect(foreign(`${PACKAGE}/src`, atRunTime)).toEqual([]);
  // Tests have code of others in strings: a CloudFront function's own module, and modules that are named when they run.
  const inStrings = ['cloudfront', '$' + '{GUARD_MODULE}'];
  expect(foreign(`${PACKAGE}/test`, [...atRunTime, ...Object.keys(devDependencies), ...inStrings])).toEqual([]);
});

it('the local cloud does not know the product that it runs', () => {
  const files = readdirSync(join(ROOT, PACKAGE), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));

  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /vitrine/i.test(file + textOf(file)))).toEqual([]);
});

it('the product uses the local cloud by its public door', () => {
  const inside = ['bin', 'lib', 'lambda', 'local'].flatMap((folder) =>
    sourcesIn(folder).filter((file) => importsOf(file).some((specifier) => specifier.startsWith('packages/'))),
  );

  expect(inside).toEqual([]);
});
