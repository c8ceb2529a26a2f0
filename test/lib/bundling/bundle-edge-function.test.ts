import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleEdgeFunction, EDGE_FUNCTION_BYTES } from '../../../lib/bundling/bundle-edge-function.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';

/** A repository whose viewer-request function is this text. */
function repositoryWith(source: string): string {
  const root = temporaryFolder('edge');
  mkdirSync(join(root, 'lambda/edge'), { recursive: true });
  writeFileSync(join(root, 'lambda/edge/viewer-request.ts'), source);
  return root;
}

describe.each([
  ['viewer-request', 'one region', false, 850],
  ['viewer-request', 'several regions', true, 450],
  ['viewer-response', 'one region', false, 850],
] as const)('the shipped %s function of %s', (name, _, isMultiRegion, spare) => {
  const script = bundleEdgeFunction(PROJECT_ROOT, name, { isMultiRegion });

  it(`leaves ${spare} bytes of what CloudFront takes to what comes next`, () => {
    expect(Buffer.byteLength(script)).toBeLessThanOrEqual(EDGE_FUNCTION_BYTES - spare);
  });

  it('is one script with the global handler and no exports', () => {
    expect(script).toMatch(/\basync function handler\(\w+\)/);
    expect(script).not.toMatch(/\bexport\b/);
  });
});

describe('an edge bundle', () => {
  it('keeps the runtime’s own modules as imports', () => {
    const root = repositoryWith(
      `import cf from 'cloudfront';\nimport crypto from 'crypto';\nexport async function handler() { return [cf.kvs(), crypto]; }`,
    );

    expect(bundleEdgeFunction(root, 'viewer-request')).toMatch(
      /^import \w+ from"cloudfront";const \w+=require\("crypto"\);/,
    );
  });

  it('calls the handler that was written', async () => {
    const script = bundleEdgeFunction(
      repositoryWith('export async function handler(event: { n: number }) { return event.n + 1; }'),
      'viewer-request',
    );

    const handler = new Function(`${script}; return handler;`)();
    expect(await handler({ n: 1 })).toBe(2);
  });

  it('puts newer operators into older words', () => {
    const script = bundleEdgeFunction(
      repositoryWith(
        'export async function handler(event: any) { try { return event?.a ?? 1; } catch { return { event }; } }',
      ),
      'viewer-request',
    );

    expect(script).not.toMatch(/\?\.|\?\?|catch\{|\{event\}/);
  });

  it('is refused with what the language has no words for', () => {
    const root = repositoryWith('export async function handler({ request }: any) { return request; }');

    expect(() => bundleEdgeFunction(root, 'viewer-request')).toThrow(/destructuring/);
  });

  it('is refused above the limit, with both numbers', () => {
    const root = repositoryWith(`export async function handler() { return '${'x'.repeat(EDGE_FUNCTION_BYTES)}'; }`);

    expect(() => bundleEdgeFunction(root, 'viewer-request')).toThrow(
      /lambda\/edge\/viewer-request\.ts is 10\d{3} bytes bundled; CloudFront takes 10240\./,
    );
  });

  it('is refused when it exports anything but the handler', () => {
    const root = repositoryWith('export const handle = async () => 1;');

    expect(() => bundleEdgeFunction(root, 'viewer-request')).toThrow(
      /must export one thing, the asynchronous function "handler"/,
    );
  });
});
