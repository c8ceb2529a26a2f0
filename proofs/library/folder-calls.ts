import { OWNER } from '../../lambda/core/accounts/owner.ts';
import { moveFolder, renameFolder } from '../../lambda/core/library/folders/move-folder.ts';
import { restrictFolder } from '../../lambda/core/library/folders/restrict-folder.ts';
import type { Random } from '../random.ts';
import { pickFrom } from '../random.ts';
import type { Call, Draw } from './drawn-call.ts';
import { FOLDERS, orRoot } from './drawn-call.ts';
import * as folders from './model-folders.ts';
import type { WorldState } from './world-state.ts';

const FOLDER_NAMES = ['a', 'b', 'x', 'y', 'ß'];

/** A folder and where it may go; half of the time onto one of its name, where there are such. */
function drawFolders(random: Random, world: WorldState): readonly [source: string, destination: string] {
  const present = Object.keys(world.folders);
  const mergeable = folders.mergeable(world, FOLDERS);
  if (mergeable.length > 0 && random(2) === 0) return pickFrom(random, mergeable);
  const source = present.length > 0 && random(10) < 8 ? pickFrom(random, present) : '/b/x';
  return [source, pickFrom(random, FOLDERS)];
}

export function folderCall({ random, world }: Draw): Call {
  const [source, destination] = drawFolders(random, world);
  const newName = pickFrom(random, FOLDER_NAMES);
  const isPrivate = random(2) === 0;
  return pickFrom(random, [
    {
      name: 'move folder',
      says: `move folder ${source} to ${destination}`,
      model: folders.moveFolder(source, destination),
      run: (deps) => moveFolder(deps, OWNER, { source, destination: orRoot(destination) }),
    },
    {
      name: 'rename folder',
      says: `rename folder ${source} to ${newName}`,
      model: folders.renameFolder(source, newName),
      run: (deps) => renameFolder(deps, OWNER, { folder: source, newName }),
    },
    {
      name: 'restrict folder',
      says: `restrict folder ${source} ${isPrivate}`,
      model: folders.restrictFolder(source, isPrivate),
      run: (deps) => restrictFolder(deps, OWNER, { folder: source, isPrivate }),
    },
  ] satisfies Call[]);
}
