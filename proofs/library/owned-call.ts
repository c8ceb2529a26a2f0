import type { Random } from '../random.ts';
import { pickFrom } from '../random.ts';
import type { ModelStep } from './model-steps.ts';
import type { WorldState } from './world-state.ts';

/** A part of a call that is one change, with the name of its event. */
export interface Change {
  readonly action: string;
  readonly steps: readonly ModelStep[];
  /** What a job does after it. @returns names of the events of that */
  readonly job?: (world: WorldState) => readonly string[];
}

/** A folder that may go into another one by a job. */
export interface BegunMerge {
  readonly folderId: string;
  readonly path: string;
}

/** A call of the API and what it means; each of its changes holds at once or not at all. */
export interface OwnedCall {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | FormData | undefined;
  readonly changes: readonly Change[];
  /** What its job does is waited for. */
  readonly merge?: BegunMerge;
}

/** What a client draws from: a part of the library that no other client touches. */
export interface OwnedDraw {
  readonly random: Random;
  /** Path of the folder that is the client's own. */
  readonly root: string;
  readonly world: WorldState;
  /** A text or number that was never used before. */
  readonly next: () => number;
}

/** Folders below the client's own. */
export const FOLDERS = ['', '/a', '/b', '/写真', '/a/x', '/b/x', '/a/x/ß'];
export type Drawn = OwnedCall | undefined;

export const call = (
  name: string,
  [method, path, body]: readonly [string, string, OwnedCall['body']?],
  ...changes: Change[]
): OwnedCall => ({ name, method, path, body, changes });

export const change = (action: string, steps: readonly ModelStep[]): Change => ({ action, steps });

/** Not the client's own root, which stays where it is. */
export const anyFolder = ({ random, root, world }: OwnedDraw): string | undefined => {
  const present = Object.keys(world.folders).filter((path) => path !== root);
  return present.length > 0 ? pickFrom(random, present) : undefined;
};

export const anyPlace = ({ random, root }: OwnedDraw): string => `${root}${pickFrom(random, FOLDERS)}`;
