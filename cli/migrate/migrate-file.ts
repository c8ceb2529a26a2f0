import { rm, stat } from 'node:fs/promises';
import { sanitiseFolder, sanitiseName } from '../../lambda/core/library/asset-path.ts';
import type { ToldFile } from '../api/assets.ts';
import { fetchOriginal } from '../transfer/fetch-original.ts';
import type { Originals } from '../transfer/originals.ts';
import type { FindThere } from '../upload/is-there.ts';
import { hasBytesOf } from '../upload/is-there.ts';
import { sendFile } from '../upload/send-file.ts';
import type { SendFileDeps, UploadParameters } from '../upload/upload-parameters.ts';
import type { MigrationReport } from './migration-report.ts';

export interface MigrateFileDeps extends SendFileDeps {
  readonly find: FindThere;
  readonly report: MigrationReport;
  /** Where bytes are between the two. */
  readonly between: Originals;
  /** The source's private key, which signs URLs of private files. */
  readonly sourceKey: string;
}

/** Brings the current version of a file over, with its details. @throws CommandFailed */
export async function migrateFile(deps: MigrateFileDeps, file: ToldFile): Promise<'migrated' | 'there before'> {
  const { report, between, sourceKey } = deps;
  const version = `${file.versionInfo.id} ${file.updatedAt}`;
  if (report.hasMigrated(file.filePath, version)) return 'there before';
  const checksum = await between.put(await fetchOriginal(file, file.isPrivateFile ? sourceKey : undefined));
  try {
    const outcome = await sendUnlessThere(deps, file, between.fileOf(checksum));
    await report.add({ kind: 'file', what: file.filePath, outcome, version, checksum });
    return outcome;
  } finally {
    await rm(between.fileOf(checksum), { force: true });
  }
}

async function sendUnlessThere(deps: MigrateFileDeps, source: ToldFile, file: string) {
  const slash = source.filePath.lastIndexOf('/');
  const place = { folder: sanitiseFolder(source.filePath.slice(0, slash)), name: sanitiseName(source.name) };
  const local = { file, bytes: (await stat(file)).size, changedAt: Date.parse(source.updatedAt), ...place };
  const there = await deps.find(place);
  if (there && (await hasBytesOf(deps, there, local))) return 'there before' as const;
  await sendFile(deps, local, { parameters: detailsOf(source) });
  return 'migrated' as const;
}

/** As a form has them. */
const detailsOf = (file: ToldFile): UploadParameters => ({
  isPrivateFile: String(file.isPrivateFile),
  isPublished: String(file.isPublished),
  ...(file.tags?.length && { tags: JSON.stringify(file.tags) }),
  ...(file.description && { description: file.description }),
  ...(file.customCoordinates && { customCoordinates: file.customCoordinates }),
  ...(Object.keys(file.customMetadata ?? {}).length > 0 && { customMetadata: JSON.stringify(file.customMetadata) }),
});
