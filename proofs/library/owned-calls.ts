import { pickFrom } from '../random.ts';
import * as folders from './model-folders.ts';
import * as files from './model-steps.ts';
import type { Drawn, OwnedCall, OwnedDraw } from './owned-call.ts';
import { anyPlace, call, change } from './owned-call.ts';
import { moveFolder, renameFolder, restrictFolder, trashFolder } from './owned-folder-calls.ts';
import type { FileState } from './world-state.ts';

const FILES = ['one.txt', 'two.txt', 'größe.txt', 'фото.txt'];

/** Files beyond which none is added. */
const CROWDED = 8;

/** Things in the trash beyond which no more is put there. */
const FULL = 6;

export function drawOwnedCall(draw: OwnedDraw): OwnedCall {
  const { random, world } = draw;
  const adding = [upload, upload, upload, copy];
  const changing = [move, rename, tag, describe, restrict, restoreVersion, deleteVersion, renameFolder, moveFolder];
  const removing = [trash, purge, trashFolder];
  const kinds = [
    ...changing,
    ...(Object.keys(world.files).length > CROWDED ? [purge, purge] : adding),
    ...(Object.keys(world.trash).length > FULL ? [restore, restore, restore] : [...removing, restore]),
    restrictFolder,
  ];
  return pickFrom(random, kinds)(draw) ?? upload(draw);
}

const anyFile = ({ random, world }: OwnedDraw): [string, FileState] | undefined => {
  const present = Object.entries(world.files);
  return present.length > 0 ? pickFrom(random, present) : undefined;
};

function upload(draw: OwnedDraw): OwnedCall {
  const folder = anyPlace(draw);
  const name = pickFrom(draw.random, FILES);
  const text = `text ${draw.next()}`;
  const form = new FormData();
  form.set('file', new Blob([text]), name);
  const members = { fileName: name, folder, useUniqueFileName: 'false', overwriteTags: 'false' };
  for (const [member, value] of Object.entries({ ...members, overwriteCustomMetadata: 'false' }))
    form.set(member, value);
  const steps = files.upload(`${folder}/${name}`, '?', text);
  return call('upload', ['POST', '/api/v1/files/upload', form], change('file.uploaded', steps));
}

function copy(draw: OwnedDraw): Drawn {
  const [source] = anyFile(draw) ?? [];
  if (source === undefined) return undefined;
  const destination = anyPlace(draw);
  const withVersions = draw.random(2) === 0;
  const body = { sourceFilePath: source, destinationPath: destination, includeFileVersions: withVersions };
  const steps = files.copyFile(source, destination, withVersions);
  return call('copy', ['POST', '/v1/files/copy', body], change('file.copied', steps));
}

function move(draw: OwnedDraw): Drawn {
  const [source] = anyFile(draw) ?? [];
  if (source === undefined) return undefined;
  const destination = anyPlace(draw);
  const body = { sourceFilePath: source, destinationPath: destination };
  return call('move', ['POST', '/v1/files/move', body], change('file.moved', files.moveFile(source, destination)));
}

function rename(draw: OwnedDraw): Drawn {
  const [source] = anyFile(draw) ?? [];
  if (source === undefined) return undefined;
  const newName = pickFrom(draw.random, FILES);
  const body = { filePath: source, newFileName: newName };
  return call('rename', ['PUT', '/v1/files/rename', body], change('file.moved', files.renameFile(source, newName)));
}

function details(
  draw: OwnedDraw,
  name: string,
  update: (file: FileState) => { body: Record<string, unknown>; after: Partial<FileState> },
): Drawn {
  const [, file] = anyFile(draw) ?? [];
  if (!file) return undefined;
  const { body, after } = update(file);
  const steps = files.changeFile(file.id, (one) => ({ ...one, ...after }));
  return call(name, ['PATCH', `/v1/files/${file.id}/details`, body], change('file.updated', steps));
}

const tag = (draw: OwnedDraw): Drawn =>
  details(draw, 'tag', () => {
    const tags = [`große ${draw.next()}`];
    return { body: { tags }, after: { tags } };
  });

const describe = (draw: OwnedDraw): Drawn =>
  details(draw, 'custom metadata', () => {
    const metadata = draw.next();
    return { body: { customMetadata: { seen: metadata } }, after: { metadata } };
  });

const restrict = (draw: OwnedDraw): Drawn =>
  details(draw, 'private', ({ isPrivate }) => ({
    body: { isPrivateFile: !isPrivate },
    after: { isPrivate: !isPrivate },
  }));

function otherVersion(draw: OwnedDraw): { file: FileState; versionId: string } | undefined {
  const [, file] = anyFile(draw) ?? [];
  const others = file?.versions.filter(({ id }) => id !== file.current) ?? [];
  return file && others.length > 0 ? { file, versionId: pickFrom(draw.random, others).id } : undefined;
}

function restoreVersion(draw: OwnedDraw): Drawn {
  const found = otherVersion(draw);
  if (!found) return undefined;
  const { file, versionId } = found;
  const path = `/v1/files/${file.id}/versions/${versionId}/restore`;
  const steps = files.restoreVersion(file.id, versionId);
  return call('restore version', ['PUT', path], change('version.restored', steps));
}

function deleteVersion(draw: OwnedDraw): Drawn {
  const found = otherVersion(draw);
  if (!found) return undefined;
  const { file, versionId } = found;
  const path = `/v1/files/${file.id}/versions/${versionId}`;
  return call('delete version', ['DELETE', path], change('version.deleted', files.deleteVersion(file.id, versionId)));
}

function trash(draw: OwnedDraw): Drawn {
  const [, file] = anyFile(draw) ?? [];
  return file && call('trash', ['DELETE', `/v1/files/${file.id}`], change('file.trashed', files.trashFile(file.id)));
}

function purge(draw: OwnedDraw): Drawn {
  const [, file] = anyFile(draw) ?? [];
  if (!file) return undefined;
  return call(
    'purge',
    ['DELETE', `/v1/files/${file.id}?purge=true`],
    change('file.trashed', files.trashFile(file.id)),
    change('file.ended', folders.purgeTrashed(file.id)),
  );
}

function restore(draw: OwnedDraw): Drawn {
  const present = Object.entries(draw.world.trash);
  if (present.length === 0) return undefined;
  const [id, { kind }] = pickFrom(draw.random, present);
  return call(
    'restore',
    ['POST', `/v1/trash/${id}/restore`, {}],
    change(`${kind}.restored`, folders.restoreTrashed(id)),
  );
}
