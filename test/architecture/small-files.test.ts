import { describe, expect, it } from 'vitest';
import type { ImportGraph } from './import-graph.ts';
import { graphOf } from './import-graph.ts';
import { textOf } from './sources.ts';

/** A file below this, with one importer only, is a part of that importer unless it has a reason of its own. */
const SMALL_LINES = 25;

/** Why a small file stands alone: by folder, or by file. */
const REASONS: readonly (readonly [where: RegExp, reason: string])[] = [
  [/^lambda\/core\/plan\/grammars\//, 'one grammar'],
  [/^lambda\/core\/render\/stages\//, 'one stage'],
  [/^lambda\/remote\/origins\//, 'one kind of origin'],
  [/^lambda\/core\/rewriters\/akamai\.ts$/, 'one product'],
  [/^lib\/bundling\//, 'one step of a bundle, most with a test of their own'],
  [/^lib\/constructs\//, 'one construct'],
  [/^lambda\/core\/delivery\/thumbnail-card\.ts$/, 'a drawing, no step of delivery'],
  [/^lambda\/core\/plan\/operations\/work-of-step\.ts$/, 'needs the table of operations, which needs cost.ts'],
  [/^lambda\/core\/render\/layers\/text\/families\.ts$/, 'a table of names that grows with the fonts'],
  [/^lib\/cost\/encoding-budget\.ts$/, 'prices, which no construct knows'],
  [/^lib\/kept-tag\.ts$/, 'shared with cli/adopt'],
];

const product = graphOf('bin', 'lambda', 'lib', 'local');

const importersOf = (graph: ImportGraph, file: string): string[] =>
  [...graph].filter(([, imports]) => imports.includes(file)).map(([importer]) => importer);

/** Handlers and compositions import what nobody else does: they are where the parts meet. */
const isPart = (importer: string): boolean => !/^lambda\/(api|handlers)\//.test(importer);

/** Small files with one importer, which is no place where parts meet. */
const smallFiles = (graph: ImportGraph, linesOf: (file: string) => number): string[] =>
  [...graph.keys()].filter((file) => {
    const [importer, ...others] = importersOf(graph, file);
    return importer !== undefined && others.length === 0 && isPart(importer) && linesOf(file) < SMALL_LINES;
  });

const linesOf = (file: string): number => textOf(file).trimEnd().split('\n').length;

const isDeployed = (file: string): boolean => /^(lambda|lib)\//.test(file);

describe(`a file below ${SMALL_LINES} lines with one importer`, () => {
  const small = smallFiles(product, linesOf).filter(isDeployed);

  it('has a reason to stand alone', () => {
    expect(small.filter((file) => !REASONS.some(([where]) => where.test(file)))).toEqual([]);
  });

  it('needs every reason that is listed', () => {
    const all = [...product.keys()].filter((file) => linesOf(file) < SMALL_LINES);

    expect(REASONS.filter(([where]) => !all.some((file) => where.test(file)))).toEqual([]);
  });

  it('is found', () => {
    const graph: ImportGraph = new Map([
      ['lambda/core/plan/a.ts', ['lambda/core/plan/b.ts', 'lambda/core/plan/c.ts']],
      ['lambda/core/plan/b.ts', ['lambda/core/plan/c.ts']],
      ['lambda/core/plan/c.ts', []],
    ]);

    expect(smallFiles(graph, () => 24)).toEqual(['lambda/core/plan/b.ts']);
    expect(smallFiles(graph, () => 25)).toEqual([]);
  });
});
