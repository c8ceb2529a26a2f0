import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { ImportGraph } from './import-graph.ts';
import { breaches, graphOf, isIn, reachedFrom, withImport } from './import-graph.ts';
import { importsOf, valueImportsOf } from './sources.ts';

/** A wall: what the files of a folder may import. */
interface Wall {
  readonly folder: string;
  readonly says: string;
  readonly allows: (imported: string, file: string) => boolean;
  /** An import that it must refuse. */
  readonly refuses: readonly [file: string, imported: string];
}

const inside = (imported: string, ...folders: string[]): boolean => folders.some((folder) => isIn(folder, imported));

const isPackage = (imported: string, ...names: string[]): boolean =>
  names.some((name) => imported === name || imported.startsWith(`${name}/`));

/** A font loses its tables when the layer is built, with the reader that checks fonts at run time. */
const BUNDLED_WITH = ['lib/bundling/font-tables.ts > lambda/formats/fonts/sfnt.ts'];

const isLocal = (imported: string): boolean =>
  inside(imported, 'local', 'packages/local-cloud') || isPackage(imported, 'local-cloud');

const WALLS: readonly Wall[] = [
  {
    folder: 'lambda/core',
    says: 'imports itself, the contract and Node built-ins; only the renderer imports sharp',
    allows: (imported, file) =>
      inside(imported, 'lambda/core', 'lambda/contract') ||
      isBuiltin(imported) ||
      (imported === 'sharp' && isIn('lambda/core/render', file)),
    refuses: ['lambda/core/plan/plan.ts', 'sharp'],
  },
  {
    folder: 'lambda/core/request',
    says: 'imports itself and the contract: no built-in of Node is at the edge',
    allows: (imported) => inside(imported, 'lambda/core/request', 'lambda/contract'),
    refuses: ['lambda/core/request/glob.ts', 'node:crypto'],
  },
  {
    folder: 'lambda/contract',
    says: 'imports nothing outside itself',
    allows: (imported) => inside(imported, 'lambda/contract'),
    refuses: ['lambda/contract/edge.ts', 'lambda/core/kernel/problems.ts'],
  },
  {
    folder: 'lambda/edge',
    says: 'imports itself, the contract, core/request and what CloudFront Functions have',
    allows: (imported) =>
      inside(imported, 'lambda/edge', 'lambda/contract', 'lambda/core/request') ||
      imported === 'cloudfront' ||
      imported === 'crypto',
    refuses: ['lambda/edge/viewer-request.ts', 'lambda/core/kernel/sha256.ts'],
  },
  {
    folder: 'lambda',
    says: 'imports no CDK',
    allows: (imported) => !isPackage(imported, 'aws-cdk', 'aws-cdk-lib', 'constructs', 'cdk-nag'),
    refuses: ['lambda/handlers/ingest.ts', 'aws-cdk-lib/aws-s3'],
  },
  {
    folder: 'lambda',
    says: 'imports nothing of lib and bin',
    allows: (imported) => !inside(imported, 'lib', 'bin'),
    refuses: ['lambda/handlers/ingest.ts', 'lib/config/config.ts'],
  },
  ...['lib', 'bin'].map((folder) => ({
    folder,
    says: 'meets lambda only in the contract',
    allows: (imported: string, file: string) =>
      !isIn('lambda', imported) || isIn('lambda/contract', imported) || BUNDLED_WITH.includes(`${file} > ${imported}`),
    refuses: [`${folder}/vitrine.ts`, 'lambda/core/kernel/problems.ts'] as const,
  })),
  ...['lambda', 'lib', 'bin'].map((folder) => ({
    folder,
    says: 'imports nothing of the local cloud',
    allows: (imported: string) => !isLocal(imported),
    refuses: [`${folder}/vitrine.ts`, 'packages/local-cloud/src/cloud.ts'] as const,
  })),
  {
    folder: 'packages/local-cloud/src',
    says: 'imports nothing of the product',
    allows: (imported) =>
      inside(imported, 'packages/local-cloud/src') || !/^(bin|lambda|lib|local|test)\//.test(imported),
    refuses: ['packages/local-cloud/src/cloud.ts', 'lambda/contract/limits.ts'],
  },
];

const graph = graphOf('bin', 'lambda', 'lib', 'packages/local-cloud/src');

const broken = ({ folder, allows }: Wall, imports: ImportGraph) => breaches(imports, folder, allows);

describe('the walls of the house', () => {
  it.each(WALLS)('$folder $says', (wall) => {
    expect(broken(wall, graph)).toEqual([]);
  });

  it.each(WALLS)('$folder $says, and a breach would be seen', (wall) => {
    const [file, imported] = wall.refuses;

    expect(broken(wall, withImport(graph, file, imported))).toEqual([`${file} > ${imported}`]);
  });

  it('have no door that nobody uses', () => {
    const used = [...graph].flatMap(([file, imports]) => imports.map((imported) => `${file} > ${imported}`));

    expect(BUNDLED_WITH.filter((door) => !used.includes(door))).toEqual([]);
  });

  it('let nothing into core/request that no edge function runs', () => {
    const edge = ['lambda/edge/viewer-request.ts', 'lambda/edge/viewer-response.ts'];
    const request = [...graph.keys()].filter((file) => isIn('lambda/core/request', file));

    expect(request.filter((file) => !reachedFrom(graph, edge).has(file))).toEqual([]);
    expect(reachedFrom(graph, edge).has('lambda/core/delivery/admit-url.ts')).toBe(false);
  });

  it('sees imports of every form', () => {
    expect(importsOf('test/architecture/walls.test.ts')).toEqual(
      expect.arrayContaining(['node:module', 'vitest', 'test/architecture/import-graph.ts']),
    );
  });
});

/**
 * Formats implement ports of core, so they know core's types; they run without it, but for the closed table of problems.
 */
describe('formats', () => {
  const values: ImportGraph = new Map([...graph.keys()].map((file) => [file, valueImportsOf(file)]));
  const isAllowed = (imported: string) =>
    !imported.startsWith('lambda/') || inside(imported, 'lambda/formats', 'lambda/contract', 'lambda/core/kernel');

  it('run with nothing of core but its kernel', () => {
    expect(breaches(values, 'lambda/formats', isAllowed)).toEqual([]);
  });

  it('would be seen to run with more', () => {
    const mutated = withImport(values, 'lambda/formats/svg/drawing.ts', 'lambda/core/render/render.ts');

    expect(breaches(mutated, 'lambda/formats', isAllowed)).toHaveLength(1);
  });

  it('know types of core', () => {
    expect(graph.get('lambda/formats/svg/drawing.ts')).toContain('lambda/core/render/isolated/isolation.ts');
    expect(values.get('lambda/formats/svg/drawing.ts')).not.toContain('lambda/core/render/isolated/isolation.ts');
  });
});
