import { LIMITS } from '../../../contract/limits.ts';
import { isAllowed } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { StoredContent } from '../asset.ts';
import type { DetectType } from '../file-content.ts';
import { readContent } from '../file-content.ts';
import { addFile, replaceFile } from '../files/file-steps.ts';
import type { ImportTask } from '../jobs/import-bucket.ts';
import { pinnedKey, pinnedObject } from '../pinned-object.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { FileHead } from '../store/records.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import { locateFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { currentVersion, firstHead, importedId, nextHead } from './imported-head.ts';
import { noteGone } from './note-gone.ts';
import type { ListedObject, ObjectSource, SeenObject } from './object-source.ts';
import { placeInLibrary } from './place-in-library.ts';

export interface ImportObjectDeps extends ChangeDeps {
  readonly source: ObjectSource;
  readonly detectType: DetectType;
}

/** `added`: a new file. `updated`: a new version. `unchanged`: it is in the library already, maybe in the trash. */
export type ImportOutcome = 'added' | 'updated' | 'unchanged';

/** An import on its way. */
export interface RunningImport {
  readonly task: ImportTask;
  readonly caller: Caller;
  /** Where its files go. */
  readonly folder: Folder;
  /** When it began, ISO 8601. */
  readonly beganAt: string;
}

/** Bytes that tell what a file is. */
const SIGNATURE_BYTES = 65_536;

/**
 * Makes a file of one object, or a version of the file that it became before.
 * @throws Problem import.invalid, upload.name-taken, upload.not-an-image, upload.version-limit, permission.missing,
 *   origin.unreachable, origin.late or busy
 */
export async function importObject(
  deps: ImportObjectDeps,
  running: RunningImport,
  object: ListedObject,
): Promise<ImportOutcome> {
  const { originId, prefix } = running.task.from;
  const assetId = importedId(originId, object.key);
  const known = await presentBefore(deps, running, assetId, object);
  if (known) {
    if (known.head?.gone) await noteGone(deps, running.caller, known.head, false);
    return known.outcome;
  }
  refuseUnreadable(object);
  const { folderPath, name } = placeInLibrary(
    running.folder.path,
    object.key.slice(prefix.length),
    running.task.replacesCharacters,
  );
  const found = await lookAt(deps, originId, object);
  const content = await contentOf(deps, originId, object, { name, found });
  const isPrivate = running.task.isPrivate || found.isPrivate;
  return decideAndCommit(
    deps,
    running.caller,
    async (now): Promise<Decision<ImportOutcome> | NoChange<ImportOutcome>> => {
      const rival = await presentBefore(deps, running, assetId, object);
      if (rival) return { unchanged: rival.outcome };
      const current = await deps.store.head(assetId);
      if (current) return addVersion(deps, running, { current, content, isPrivate: found.isPrivate }, now);
      const folder = await ensureFolder(deps, running.caller, 'files.upload', folderPath);
      if (await deps.store.fileEntry(folder.folderId, name)) throw taken(pathIn(folder, name));
      const head = firstHead({ assetId, folder, name, content, isPrivate }, running.caller, now);
      return toDecision(head, { path: pathIn(folder, name), steps: addFile(head), outcome: 'added' }, now);
    },
  );
}

/** What is in the library already. */
interface Present {
  readonly outcome: ImportOutcome;
  /** Of a file whose current version is this object. */
  readonly head?: FileHead;
}

/** @returns undefined when there is something to be done */
async function presentBefore(
  { store }: ImportObjectDeps,
  { beganAt }: RunningImport,
  assetId: string,
  object: ListedObject,
): Promise<Present | undefined> {
  const head = await store.head(assetId);
  // Its file was moved onto another one: that one's versions are somebody's work.
  if (!head) return (await store.versions(assetId)).length > 0 ? { outcome: 'unchanged' } : undefined;
  if (head.state !== 'live') return { outcome: 'unchanged' };
  const pin = pinnedObject(head.objectKey);
  if (!pin) {
    throw problem('import.invalid', 'Its file has been overwritten in the library, which keeps its own version.');
  }
  if (pin.etag !== object.etag) return undefined;
  // A worker that died may not have noted it.
  const isNew = head.createdAt >= beganAt && head.versionCount === 1;
  return { outcome: isNew ? 'added' : 'unchanged', head };
}

function refuseUnreadable({ size, isArchived }: ListedObject): void {
  if (isArchived) throw problem('import.invalid', 'It is archived; restore it at its bucket first.');
  if (size === 0) throw problem('import.invalid', 'It is empty.');
  if (size > LIMITS.sourceBytes) {
    throw problem(
      'import.invalid',
      `A file of an origin may have at most ${LIMITS.sourceBytes} bytes, it has ${size}. Upload it instead.`,
    );
  }
}

async function lookAt({ source }: ImportObjectDeps, originId: string, object: ListedObject): Promise<SeenObject> {
  const found = await source.look({ ...object, originId }, SIGNATURE_BYTES);
  if (typeof found === 'object') return found;
  const why = {
    changed: 'It changed after it was listed; import it again.',
    gone: 'It went after it was listed.',
    refused: 'The origin does not give it out as it is.',
  };
  throw problem('import.invalid', why[found]);
}

async function contentOf(
  { detectType }: ImportObjectDeps,
  originId: string,
  object: ListedObject,
  { name, found }: { readonly name: string; readonly found: SeenObject },
): Promise<StoredContent> {
  // Its sides show when it is delivered: here are the first bytes of it and no decoder.
  const tools = { detectType, checkImage: async () => ({ verdict: 'usable' }) as never };
  const beginning = found.bytes.subarray(0, Math.min(found.bytes.byteLength, object.size - 1));
  const { untransformable: _, ...content } = await readContent(tools, beginning, name, found.contentType, object.size);
  return { ...content, objectKey: pinnedKey({ ...object, originId }) };
}

interface Newer {
  readonly current: FileHead;
  readonly content: StoredContent;
  readonly isPrivate: boolean;
}

/** The file may have another place by now, and the caller no right there. */
async function addVersion(
  deps: ImportObjectDeps,
  { caller }: RunningImport,
  { current, content, isPrivate }: Newer,
  now: string,
): Promise<Decision<ImportOutcome> | NoChange<ImportOutcome>> {
  const folder = await locateFolder(deps.store, current.folderId);
  if (!folder) return { unchanged: 'unchanged' };
  if (!isAllowed(caller, 'files.upload', folder.chain)) {
    throw problem('permission.missing', 'It changed, and its file lies where its importer may not upload.');
  }
  const path = pathIn(folder, current.name);
  if (current.versionCount >= LIMITS.versions) {
    throw problem('upload.version-limit', `It changed, and its file has ${LIMITS.versions} versions, the most.`);
  }
  const head = nextHead(current, { content, versionId: deps.hexId(), isPrivate }, caller, now);
  return toDecision(head, { path, steps: replaceFile(current, head), outcome: 'updated' }, now);
}

const taken = (path: string) =>
  problem('upload.name-taken', `"${path}" is another file of the library, and stays as it is.`);

function toDecision(
  head: FileHead,
  {
    path,
    steps,
    outcome,
  }: { readonly path: string; readonly outcome: ImportOutcome } & Pick<Decision<unknown>, 'steps'>,
  now: string,
): Decision<ImportOutcome> {
  return {
    steps: [...steps, { create: 'version', record: currentVersion(head, now) }],
    // Until now an endpoint may have delivered the object from its origin under this path.
    effects: [{ effect: 'purge-path', path }],
    action: 'file.imported',
    object: { kind: 'file', id: head.assetId },
    after: { path, versionId: head.versionId, size: head.size, contentType: head.contentType },
    result: outcome,
  };
}
