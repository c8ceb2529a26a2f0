import { OWNER } from '../../lambda/core/accounts/owner.ts';
import { copyFile } from '../../lambda/core/library/files/copy-file.ts';
import { moveFile, renameFile } from '../../lambda/core/library/files/move-file.ts';
import { updateFile } from '../../lambda/core/library/files/update-file.ts';
import { purgeTrashed } from '../../lambda/core/library/trash/purge-trashed.ts';
import { restoreTrashed } from '../../lambda/core/library/trash/restore-trashed.ts';
import { trashFile } from '../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../lambda/core/library/trash/trash-folder.ts';
import { deleteVersion } from '../../lambda/core/library/versions/delete-version.ts';
import { restoreVersion } from '../../lambda/core/library/versions/restore-version.ts';
import type { LibraryWorld } from '../../test/core/library/library-world.ts';
import type { Random } from '../random.ts';
import { pickFrom } from '../random.ts';
import type { Call, Draw } from './drawn-call.ts';
import { FOLDERS, orRoot } from './drawn-call.ts';
import { folderCall } from './folder-calls.ts';
import * as folders from './model-folders.ts';
import * as files from './model-steps.ts';
import type { WorldState } from './world-state.ts';

const FILES = ['one.txt', 'two.txt', 'größe.txt', 'фото.txt'];

/** Files beyond which more are thrown away than made. */
const CROWDED = 25;

const filePath = (path: string) => ({ folderPath: files.parentOf(path) || '/', name: files.nameOf(path) });
/** A call that may or may not succeed, on names that others use at the same time. */
export function drawCall(random: Random, world: WorldState, library: LibraryWorld, newText: () => string): Call {
  const isCrowded = Object.keys(world.files).length > CROWDED;
  const isFull = Object.keys(world.trash).length > CROWDED;
  if (isFull && random(2) === 0) return endCall({ random, world, library, newText });
  const kinds = isCrowded
    ? [trashCall, trashCall, folderCall, trashedCall]
    : [uploadCall, uploadCall, fileCall, fileCall, detailCall, folderCall, trashCall, trashedCall];
  return pickFrom(random, kinds)({ random, world, library, newText });
}

function uploadCall({ random, library, newText }: Draw): Call {
  const path = `${pickFrom(random, FOLDERS)}/${pickFrom(random, FILES)}`;
  const text = newText();
  const versionId = library.deps.hexId();
  return {
    name: 'upload',
    says: `upload ${path}`,
    model: files.upload(path, versionId, text),
    run: (deps) => library.upload(path, text, { versionId }, deps),
  };
}

/** Mostly one that is there. */
function drawPath({ random, world }: Draw): string {
  const present = Object.keys(world.files);
  if (present.length > 0 && random(10) < 8) return pickFrom(random, present);
  return `${pickFrom(random, FOLDERS)}/${pickFrom(random, FILES)}`;
}

function fileCall(draw: Draw): Call {
  const { random } = draw;
  const source = drawPath(draw);
  const destination = pickFrom(random, FOLDERS);
  const newName = pickFrom(random, FILES);
  const withVersions = random(2) === 0;
  return pickFrom(random, [
    {
      name: 'move',
      says: `move ${source} to ${destination}`,
      model: files.moveFile(source, destination),
      run: (deps) => moveFile(deps, OWNER, { source: filePath(source), destination: orRoot(destination) }),
    },
    {
      name: 'rename',
      says: `rename ${source} to ${newName}`,
      model: files.renameFile(source, newName),
      run: (deps) => renameFile(deps, OWNER, { source: filePath(source), newName }),
    },
    {
      name: 'copy',
      says: `copy ${source} to ${destination}${withVersions ? ' with versions' : ''}`,
      model: files.copyFile(source, destination, withVersions),
      run: (deps) =>
        copyFile(deps, OWNER, { source: filePath(source), destination: orRoot(destination), withVersions }),
    },
  ] satisfies Call[]);
}

function detailCall(draw: Draw): Call {
  const { random, world } = draw;
  const present = Object.values(world.files);
  if (present.length === 0) return uploadCall(draw);
  const file = pickFrom(random, present);
  const fileId = file.id;
  const versionId = pickFrom(random, file.versions).id;
  const tag = pickFrom(random, ['red', 'blue', 'große']);
  const isPrivate = random(2) === 0;
  return pickFrom(random, [
    {
      name: 'tag',
      says: `tag ${fileId} ${tag}`,
      model: files.changeFile(fileId, (one) => ({ ...one, tags: [...new Set([...one.tags, tag])] })),
      run: (deps) => updateFile(deps, OWNER, { fileId, update: { addTags: [tag] } }),
    },
    {
      name: 'private',
      says: `private ${fileId} ${isPrivate}`,
      model: files.changeFile(fileId, (one) => ({ ...one, isPrivate })),
      run: (deps) => updateFile(deps, OWNER, { fileId, update: { isPrivate } }),
    },
    {
      name: 'restore version',
      says: `restore version ${versionId} of ${fileId}`,
      model: files.restoreVersion(fileId, versionId),
      run: (deps) => restoreVersion(deps, OWNER, { fileId, versionId }),
    },
    {
      name: 'delete version',
      says: `delete version ${versionId} of ${fileId}`,
      model: files.deleteVersion(fileId, versionId),
      run: (deps) => deleteVersion(deps, OWNER, { fileId, versionId }),
    },
  ] satisfies Call[]);
}

function trashCall(draw: Draw): Call {
  const { random, world } = draw;
  const present = Object.values(world.files);
  const source = pickFrom(random, [...Object.keys(world.folders), '/a']);
  if (present.length === 0 || random(5) === 0) {
    return {
      name: 'trash folder',
      says: `trash folder ${source}`,
      model: folders.trashFolder(source),
      run: (deps) => trashFolder(deps, OWNER, source),
    };
  }
  const fileId = pickFrom(random, present).id;
  return {
    name: 'trash',
    says: `trash ${fileId}`,
    model: files.trashFile(fileId),
    run: (deps) => trashFile(deps, OWNER, { fileId }),
  };
}

function trashedCall(draw: Draw): Call {
  const { random, world } = draw;
  const trashed = Object.keys(world.trash);
  if (trashed.length === 0) return trashCall(draw);
  const id = pickFrom(random, trashed);
  if (random(3) === 0) return endCall(draw);
  return {
    name: 'restore',
    says: `restore ${id}`,
    model: folders.restoreTrashed(id),
    run: (deps) => restoreTrashed(deps, OWNER, { id }),
  };
}

function endCall({ random, world }: Draw): Call {
  const id = pickFrom(random, Object.keys(world.trash));
  return {
    name: 'end',
    says: `end ${id}`,
    model: folders.purgeTrashed(id),
    run: (deps) => purgeTrashed(deps, OWNER, id),
  };
}
