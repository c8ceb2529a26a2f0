import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importsOf, sourcesIn } from './sources.ts';

interface Breach {
  readonly file: string;
  readonly imports: string;
}

/** Every import of the files in a folder that the rule does not allow. */
function breaches(folder: string, allowed: (specifier: string, file: string) => boolean): Breach[] {
  return sourcesIn(folder).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !allowed(specifier, file))
      .map((specifier) => ({ file, imports: specifier })),
  );
}

const startsWith = (specifier: string, ...prefixes: string[]): boolean =>
  prefixes.some((prefix) => specifier.startsWith(prefix));

describe('the walls of the house', () => {
  it('core imports only itself, the contract and Node built-ins; only the renderer imports sharp', () => {
    const found = breaches(
      'lambda/core',
      (specifier, file) =>
        startsWith(specifier, 'lambda/core/', 'lambda/contract/') ||
        isBuiltin(specifier) ||
        (specifier === 'sharp' && file.startsWith('lambda/core/render/')),
    );

    expect(found).toEqual([]);
  });

  it('the contract imports nothing outside itself', () => {
    expect(breaches('lambda/contract', (specifier) => startsWith(specifier, 'lambda/contract/'))).toEqual([]);
  });

  it('lib and bin meet lambda only in the contract', () => {
    for (const folder of ['lib', 'bin']) {
      expect(
        breaches(
          folder,
          (specifier, file) =>
            !startsWith(specifier, 'lambda/') ||
            startsWith(specifier, 'lambda/contract/') ||
            // The layer's fonts lose tables by the same code that reads a stranger's.
            (file === 'lib/bundling/font-tables.ts' && specifier === 'lambda/formats/fonts/sfnt.ts'),
        ),
      ).toEqual([]);
    }
  });

  it('nothing in lambda imports the CDK', () => {
    expect(breaches('lambda', (specifier) => !/^(aws-cdk|constructs|cdk-nag)/.test(specifier))).toEqual([]);
  });

  it('nothing that is deployed imports from the local cloud', () => {
    for (const folder of ['lambda', 'lib', 'bin']) {
      expect(breaches(folder, (specifier) => !startsWith(specifier, 'local/'))).toEqual([]);
    }
  });

  it('the edge functions bundle only the contract and the pure core', () => {
    const found = breaches(
      'lambda/edge',
      (specifier) =>
        startsWith(specifier, 'lambda/contract/', 'lambda/core/') ||
        specifier === 'cloudfront' ||
        specifier === 'crypto',
    );

    expect(found).toEqual([]);
  });

  it('sees imports of every form', () => {
    expect(importsOf('test/architecture/imports.test.ts')).toEqual(
      expect.arrayContaining(['node:module', 'vitest', 'test/architecture/sources.ts']),
    );
  });
});
