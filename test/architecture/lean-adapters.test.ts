import { describe, expect, it } from 'vitest';
import type { ImportGraph } from './import-graph.ts';
import { isIn, reachedFrom, withImport } from './import-graph.ts';
import { sourcesIn, staticImportsOf } from './sources.ts';

/**
 * The transformer starts without the AWS SDK, whose loading takes longer than a picture. Adapters that it may load are
 * named `*.lean.ts`; they sign their few requests themselves (docs/decisions/0005-transformer-without-aws-sdk.md).
 */
const loaded: ImportGraph = new Map(sourcesIn('lambda').map((file) => [file, staticImportsOf(file)]));

const adapters = [...loaded.keys()].filter((file) => isIn('lambda/adapters', file));
const lean = adapters.filter((file) => file.endsWith('.lean.ts'));
const TRANSFORMER = 'lambda/handlers/transform-image.ts';

const sdkOf = (graph: ImportGraph, file: string): string[] =>
  [...reachedFrom(graph, [file])].filter((imported) => /^(@aws-sdk|@smithy|@aws-crypto|electrodb)\b/.test(imported));

const fatAdaptersOf = (graph: ImportGraph, file: string): string[] =>
  [...reachedFrom(graph, [file])].filter((one) => isIn('lambda/adapters', one) && !one.endsWith('.lean.ts'));

describe('a lean adapter', () => {
  it.each(lean)('%s loads nothing of the AWS SDK', (file) => {
    expect(sdkOf(loaded, file)).toEqual([]);
  });

  it('would be seen to load the SDK, directly or through another file', () => {
    const [file = ''] = lean;
    const direct = withImport(loaded, file, '@aws-sdk/client-s3');
    const indirect = withImport(loaded, file, 'lambda/adapters/originals-bucket/copy-object.ts');

    expect(sdkOf(direct, file)).toEqual(['@aws-sdk/client-s3']);
    expect(sdkOf(indirect, file)).toEqual(['@aws-sdk/client-s3']);
  });
});

describe('the transformer', () => {
  it('loads lean adapters only, and nothing of the SDK', () => {
    expect([...reachedFrom(loaded, [TRANSFORMER])].filter((file) => file.endsWith('.lean.ts')).length).toBeGreaterThan(
      5,
    );
    expect([...fatAdaptersOf(loaded, TRANSFORMER), ...sdkOf(loaded, TRANSFORMER)]).toEqual([]);
  });

  it('would be seen to load another', () => {
    const fat = 'lambda/adapters/originals-bucket/copy-object.ts';

    expect(fatAdaptersOf(withImport(loaded, TRANSFORMER, fat), TRANSFORMER)).toEqual([fat]);
  });
});
