import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { buildSync } from 'esbuild';
import type { EdgeBuild, EdgeFunctionName } from './code-source.ts';
import { INTERNAL_NAMES_PATTERN } from './internal-names.ts';

/** Bytes of a CloudFront function (AWS, "Quotas on CloudFront Functions"). CDK does not check it. */
export const EDGE_FUNCTION_BYTES = 10_240;

/**
 * What CloudFront Functions 2.0 lacks (AWS, "JavaScript runtime 2.0 features"): the bundler then writes it in older
 * words, or fails by name where there are none.
 */
const UNSUPPORTED = Object.fromEntries(
  [
    'array-spread',
    'class',
    'class-field',
    'default-argument',
    'destructuring',
    'dynamic-import',
    'for-await',
    'for-of',
    'generator',
    'import-meta',
    'logical-assignment',
    'new-target',
    'nullish-coalescing',
    'object-extensions',
    'object-rest-spread',
    'optional-catch-binding',
    'optional-chain',
    'top-level-await',
  ].map((feature) => [feature, false]),
);

const OPTIONS = {
  bundle: true,
  write: false,
  platform: 'neutral',
  format: 'esm',
  target: 'es2017',
  supported: UNSUPPORTED,
  external: ['cloudfront', 'crypto'],
  minify: true,
  mangleProps: INTERNAL_NAMES_PATTERN,
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles an edge function into the one script that CloudFront takes: no exports, a top-level `handler`.
 * @param root the repository
 * @throws when the code does not build in the edge's language or is larger than the edge takes
 */
export function bundleEdgeFunction(
  root: string,
  name: EdgeFunctionName,
  { isMultiRegion, cdnInFront }: EdgeBuild = { isMultiRegion: false },
): string {
  const entry = join('lambda/edge', `${name}.ts`);
  const define = {
    MULTI_REGION: String(isMultiRegion),
    CDN_ADDRESS_HEADER: JSON.stringify(cdnInFront?.addressHeader ?? ''),
    CDN_COUNTRY_HEADER: JSON.stringify(cdnInFront?.countryHeader ?? ''),
    REFUSE_DIRECT: String(cdnInFront?.refuseDirect ?? false),
  };
  const { outputFiles } = buildSync({ ...OPTIONS, define, absWorkingDir: root, entryPoints: [entry] });
  const script = withRequiredModules(withGlobalHandler(outputFiles[0]?.text ?? '', entry));
  refuseLarge(script, entry);
  return script;
}

/** The runtime imports `cloudfront`; its built-in modules are documented with `require`, which esbuild would replace. */
export function withRequiredModules(script: string): string {
  return script.replace(/\bimport ([\w$]+) from"crypto";/g, 'const $1=require("crypto");');
}

/**
 * CloudFront calls the global `handler`, and `export` is not in its language: the function gets its name back, which the
 * bundler made shorter.
 */
export function withGlobalHandler(module: string, entry: string): string {
  const [exported = '', name = ''] = /export\s*\{\s*([\w$]+) as handler\s*\};?\s*$/.exec(module) ?? [];
  const declared = `async function ${name}(`;
  if (name === '' || !module.includes(declared)) {
    throw new Error(`${entry} must export one thing, the asynchronous function "handler".`);
  }
  return `${module.slice(0, -exported.length).replace(declared, 'async function handler(')}\n`;
}

/** @throws when a script is above `EDGE_FUNCTION_BYTES` */
export function refuseLarge(script: string, entry: string): void {
  const bytes = Buffer.byteLength(script);
  if (bytes <= EDGE_FUNCTION_BYTES) return;
  throw new Error(`${entry} is ${bytes} bytes bundled; CloudFront takes ${EDGE_FUNCTION_BYTES}.`);
}
