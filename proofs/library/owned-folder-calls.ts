import { pickFrom } from '../random.ts';
import * as folders from './model-folders.ts';
import { mergeWhole } from './model-merges.ts';
import * as files from './model-steps.ts';
import type { Drawn, OwnedDraw } from './owned-call.ts';
import { anyFolder, anyPlace, call, change, FOLDERS } from './owned-call.ts';

const FOLDER_NAMES = ['a', 'b', 'x', 'ß'];

export function trashFolder(draw: OwnedDraw): Drawn {
  const folder = anyFolder(draw);
  if (folder === undefined) return undefined;
  const steps = folders.trashFolder(folder);
  return call('trash folder', ['DELETE', '/v1/folder', { folderPath: folder }], change('folder.trashed', steps));
}

export function moveFolder(draw: OwnedDraw): Drawn {
  const { random, root, world } = draw;
  const mergeable = folders
    .mergeable(
      world,
      FOLDERS.map((folder) => root + folder),
    )
    .filter(([path]) => path !== root);
  const isMerge = mergeable.length > 0 && random(2) === 0;
  const [source, destination] = isMerge ? pickFrom(random, mergeable) : [anyFolder(draw), anyPlace(draw)];
  const folder = source === undefined ? undefined : world.folders[source];
  if (source === undefined || !folder) return undefined;
  const target = `${destination}/${files.nameOf(source)}`;
  const moved = call(
    world.folders[target] ? 'merge folder' : 'move folder',
    ['POST', '/v1/bulkJobs/moveFolder', { sourceFolderPath: source, destinationPath: destination }],
    {
      ...change('folder.moved', folders.moveFolder(source, destination)),
      job: (after) => mergeWhole(after, source, target),
    },
  );
  return world.folders[target] ? { ...moved, merge: { folderId: folder.id, path: source } } : moved;
}

export function renameFolder(draw: OwnedDraw): Drawn {
  const source = anyFolder(draw);
  if (source === undefined) return undefined;
  const newName = pickFrom(draw.random, FOLDER_NAMES);
  const steps = folders.renameFolder(source, newName);
  const body = { folderPath: source, newFolderName: newName };
  return call('rename folder', ['POST', '/v1/bulkJobs/renameFolder', body], change('folder.moved', steps));
}

export function restrictFolder(draw: OwnedDraw): Drawn {
  const folder = anyFolder(draw);
  if (folder === undefined) return undefined;
  const isPrivate = !draw.world.folders[folder]?.isPrivate;
  const steps = folders.restrictFolder(folder, isPrivate);
  const body = { folderPath: folder, isPrivate };
  return call('restrict folder', ['PATCH', '/v1/folder', body], change('folder.restricted', steps));
}
