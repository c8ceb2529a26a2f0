import type { LibraryWorld, WorldDeps } from '../../test/core/library/library-world.ts';
import type { Random } from '../random.ts';
import type { ModelStep } from './model-steps.ts';
import type { WorldState } from './world-state.ts';

/** A call and what it means. */
export interface Call {
  readonly name: string;
  readonly says: string;
  readonly model: readonly ModelStep[];
  readonly run: (deps: WorldDeps) => Promise<unknown>;
}

/** What a call is drawn from. */
export interface Draw {
  readonly random: Random;
  readonly world: WorldState;
  readonly library: LibraryWorld;
  readonly newText: () => string;
}

export const FOLDERS = ['', '/a', '/b', '/写真', '/a/x', '/a/y', '/b/x', '/a/x/ß'];

export const orRoot = (path: string): string => path || '/';
