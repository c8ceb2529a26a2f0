import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportGraph } from './import-graph.ts';
import { graphOf, isIn, withImport } from './import-graph.ts';
import { ROOT } from './sources.ts';

/** The rooms of core, from the ground. A room imports from lower floors and from itself, never from its own floor. */
const FLOORS = [
  ['kernel'],
  ['request', 'plan'],
  ['render', 'rewriters'],
  ['audit'],
  ['accounts'],
  ['library', 'settings'],
  ['protection'],
  ['delivery'],
  ['backup', 'explain', 'purge', 'webhooks'],
  ['insight'],
] as const satisfies readonly (readonly string[])[];

const floorOf = (room: string | undefined): number =>
  FLOORS.findIndex((rooms) => (rooms as readonly (string | undefined)[]).includes(room));

const roomOf = (file: string): string | undefined => (isIn('lambda/core', file) ? file.split('/')[2] : undefined);

/** Imports that do not go down. */
function upward(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, imports]) =>
    imports
      .filter((imported) => {
        const [from, to] = [roomOf(file), roomOf(imported)];
        return to !== undefined && from !== to && floorOf(from) <= floorOf(to);
      })
      .map((imported) => `${file} > ${imported}`),
  );
}

const core = graphOf('lambda/core');

describe('the floors of core', () => {
  it('are the rooms that there are', () => {
    const rooms = readdirSync(join(ROOT, 'lambda/core'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );

    expect(rooms.map(({ name }) => name).sort()).toEqual(FLOORS.flat().sort());
  });

  it('are looked down from only', () => {
    expect(upward(core)).toEqual([]);
  });

  it('would not hold a look up, nor one at a neighbour', () => {
    const up = withImport(core, 'lambda/core/plan/plan.ts', 'lambda/core/render/render.ts');
    const aside = withImport(core, 'lambda/core/library/asset.ts', 'lambda/core/settings/outdated.ts');

    expect(upward(up)).toEqual(['lambda/core/plan/plan.ts > lambda/core/render/render.ts']);
    expect(upward(aside)).toEqual(['lambda/core/library/asset.ts > lambda/core/settings/outdated.ts']);
  });
});
