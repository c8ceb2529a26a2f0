import { describe, expect, it } from 'vitest';
import type { ImportGraph } from './import-graph.ts';
import { circlesOfFiles, circlesOfFolders, graphOf, withImport } from './import-graph.ts';

const product = graphOf('bin', 'cli', 'lambda', 'lib', 'local');
const dashboard = graphOf('dashboard/src');
const localCloud = graphOf('packages/local-cloud/src');

const graph = (imports: Record<string, string[]>): ImportGraph => new Map(Object.entries(imports));

describe('imports, of values and of types,', () => {
  it('make no circle between files of the product', () => {
    expect(circlesOfFiles(product)).toEqual([]);
  });

  it('make no circle between folders of the product that lie beside each other', () => {
    expect(circlesOfFolders(product)).toEqual([]);
  });

  it('make no circle between files of the dashboard', () => {
    expect(circlesOfFiles(dashboard)).toEqual([]);
  });

  it('make no circle in the local cloud, neither between files nor between services', () => {
    expect(circlesOfFiles(localCloud)).toEqual([]);
    expect(circlesOfFolders(localCloud)).toEqual([]);
  });
});

describe('a circle', () => {
  it('is found between files, however long it is', () => {
    const files = graph({ 'a/1.ts': ['a/2.ts'], 'a/2.ts': ['a/3.ts'], 'a/3.ts': ['a/1.ts'], 'a/4.ts': ['a/1.ts'] });

    expect(circlesOfFiles(files)).toEqual([['a/1.ts', 'a/2.ts', 'a/3.ts']]);
  });

  it('is found between folders whose files make none', () => {
    const files = graph({ 'x/a/1.ts': ['x/b/1.ts'], 'x/b/1.ts': [], 'x/b/deep/2.ts': ['x/a/2.ts'], 'x/a/2.ts': [] });

    expect(circlesOfFiles(files)).toEqual([]);
    expect(circlesOfFolders(files)).toEqual([['x/a', 'x/b']]);
  });

  it('is not seen where arrows go one way', () => {
    const files = graph({ 'x/a/1.ts': ['x/b/1.ts', 'x/b/2.ts'], 'x/b/1.ts': ['x/b/2.ts'], 'x/b/2.ts': [] });

    expect([circlesOfFiles(files), circlesOfFolders(files)]).toEqual([[], []]);
  });

  it('would be found if the ground of core looked up', () => {
    const mutated = withImport(product, 'lambda/core/kernel/clock.ts', 'lambda/core/delivery/deliver-image.ts');

    expect(circlesOfFolders(mutated).flat()).toContain('lambda/core/kernel');
  });

  it('would be found if a layer imported the pipeline again', () => {
    const mutated = withImport(product, 'lambda/core/render/layers/open-layer.ts', 'lambda/core/render/pipeline.ts');

    expect(circlesOfFiles(mutated).flat()).toContain('lambda/core/render/pipeline.ts');
  });

  it('would be found if functions looked up to what calls them', () => {
    const services = 'packages/local-cloud/src/services';
    const mutated = withImport(localCloud, `${services}/lambda/service.ts`, `${services}/events/service.ts`);

    expect(circlesOfFolders(mutated)).toEqual([[`${services}/events`, `${services}/lambda`]]);
  });
});
