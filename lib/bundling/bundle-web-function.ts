import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE_OPTIONS, inputsOf, publish, refusePackages } from './bundle-handlers.ts';
import type { WebFunctionName } from './code-source.ts';

/**
 * Bundles the server of a Web Function, with everything it imports, into the one file that Lambda starts: `index.js`, as CommonJS.
 * @param root the repository
 * @param folder where the file is put; an equal one is left untouched
 * @throws when the code does not build, or carries a package that it may not
 */
export function bundleWebFunction(root: string, name: WebFunctionName, folder: string): void {
  const entry = `lambda/handlers/${name}.ts`;
  const { outputFiles, metafile } = buildSync({
    ...BUNDLE_OPTIONS,
    format: 'cjs',
    outExtension: { '.js': '.js' },
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'index.js',
  });
  refusePackages(root, name, inputsOf(metafile, entry));
  publish(join(folder, 'index.js'), outputFiles[0]?.text ?? '');
}
