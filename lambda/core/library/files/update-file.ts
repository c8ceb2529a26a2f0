import { LIMITS } from '../../../contract/limits.ts';
import { requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { GivenValues } from '../custom-fields/field-values.ts';
import type { FieldsIn } from '../path-policies/folder-fields.ts';
import { changedValuesIn } from '../path-policies/values-in-folder.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { FileHead } from '../store/records.ts';
import { nextRevision, replaceFile } from './file-steps.ts';
import { requireMatch } from './file-tag.ts';
import type { LibraryFile } from './library-file.ts';
import { fileById } from './library-file.ts';

/** What is to become of a file's details; a member that is not given stays, null takes away. */
export interface FileUpdate {
  readonly tags?: readonly string[] | null | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
  readonly description?: string | null | undefined;
  readonly customCoordinates?: string | null | undefined;
  /** Null for a field takes its value away. */
  readonly customMetadata?: Readonly<Record<string, MetadataValue | null>>;
  readonly isPrivate?: boolean;
  readonly isPublished?: boolean;
}

/** Values of custom metadata fields as a client gave them. */
export interface GivenMetadata {
  readonly values: GivenValues;
  readonly fieldsIn: FieldsIn;
}

export interface UpdateFileInput {
  readonly fileId: string;
  readonly update: FileUpdate;
  /** Checked by the fields of the folder that the file is in. */
  readonly metadata?: GivenMetadata | undefined;
  readonly ifMatch?: string | undefined;
}

/** Changes a file's details; a private file is made public with the right to restrict folders. @throws Problem file.missing, file.changed, file.invalid, custom-metadata.invalid or permission.missing */
export async function updateFile(deps: ChangeDeps, caller: Caller, input: UpdateFileInput): Promise<LibraryFile> {
  return decideAndCommit(deps, caller, async (now): Promise<Decision<LibraryFile>> => {
    const file = await fileById(deps.store, caller, 'files.update', input.fileId);
    requireMatch(file.head, input.ifMatch);
    // Whoever may change details does not decide who sees the file.
    if (file.head.isPrivate && input.update.isPrivate === false) {
      requirePermission(caller, 'folders.restrict', file.folder.chain);
    }
    const update = input.metadata ? await withMetadata(file, input.update, input.metadata) : input.update;
    const next = nextRevision(updatedHead(file.head, update), caller, now);
    return {
      steps: replaceFile(file.head, next),
      ...(changesPictures(file.head, next) && { effects: [{ effect: 'purge-path', path: file.path }] }),
      action: 'file.updated',
      object: { kind: 'file', id: input.fileId },
      before: changedMembers(file.head, next),
      after: changedMembers(next, file.head),
      result: { ...file, head: next },
    };
  });
}

async function withMetadata(
  { head, folder }: LibraryFile,
  update: FileUpdate,
  { values, fieldsIn }: GivenMetadata,
): Promise<FileUpdate> {
  const fields = await fieldsIn(folder.path, Object.keys(values));
  return { ...update, customMetadata: changedValuesIn(fields, values, head.customMetadata) };
}

/** The head with the update in it. @throws Problem file.invalid */
export function updatedHead(head: FileHead, update: FileUpdate): FileHead {
  const { tags, description, customCoordinates, customMetadata, ...others } = head;
  const coordinates = chosen(customCoordinates, update.customCoordinates);
  if (update.customCoordinates && head.fileType !== 'image') {
    throw problem('file.invalid', 'customCoordinates is for images only.');
  }
  const nextTags = tagsAfter(tags, update);
  const nextDescription = chosen(description, update.description) || undefined;
  const metadata = metadataAfter(customMetadata, update.customMetadata);
  return {
    ...others,
    isPrivate: update.isPrivate ?? head.isPrivate,
    isPublished: update.isPublished ?? head.isPublished,
    ...(nextTags.length > 0 && { tags: nextTags }),
    ...(nextDescription && { description: nextDescription }),
    ...(coordinates && { customCoordinates: coordinates }),
    ...(metadata && { customMetadata: metadata }),
  };
}

const chosen = <T>(present: T | undefined, given: T | null | undefined): T | undefined =>
  given === undefined ? present : (given ?? undefined);

function tagsAfter(present: readonly string[] = [], { tags, addTags = [], removeTags = [] }: FileUpdate) {
  const base = tags === undefined ? present : readTags(tags ?? []);
  return withTags(withoutTags(base, removeTags), addTags);
}

function metadataAfter(present: FileHead['customMetadata'], given: FileUpdate['customMetadata']) {
  if (given === undefined) return present;
  const merged = Object.entries({ ...present, ...given }).filter(
    (entry): entry is [string, MetadataValue] => entry[1] !== null,
  );
  return merged.length === 0 ? undefined : Object.fromEntries(merged);
}

/** What was made of the file may no longer be shown, or would look different. */
const changesPictures = (old: FileHead, next: FileHead): boolean =>
  old.isPrivate !== next.isPrivate ||
  old.isPublished !== next.isPublished ||
  old.customCoordinates !== next.customCoordinates;

const TOLD = ['tags', 'description', 'customCoordinates', 'customMetadata', 'isPrivate', 'isPublished'] as const;

/** Members that differ, as they are in the first. */
export function changedMembers(one: FileHead, other: FileHead): Record<string, unknown> {
  const differing = TOLD.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
  return Object.fromEntries(differing.map((name) => [name, one[name] ?? null]));
}

/** Tags without blanks around, each once. @throws Problem file.invalid for a tag with %, or for too many characters in all */
export function readTags(tags: readonly string[]): readonly string[] {
  const distinct = [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
  if (distinct.some((tag) => tag.includes('%'))) throw problem('file.invalid', 'tags may not contain %.');
  const characters = distinct.reduce((sum, tag) => sum + tag.length, 0);
  if (characters > LIMITS.tagCharacters) {
    throw problem(
      'file.invalid',
      `tags may have at most ${LIMITS.tagCharacters} characters in all, these have ${characters}.`,
    );
  }
  return distinct;
}

const withTags = (present: readonly string[] = [], added: readonly string[]): readonly string[] =>
  readTags([...present, ...added]);

const withoutTags = (present: readonly string[] = [], removed: readonly string[]): readonly string[] =>
  present.filter((tag) => !removed.includes(tag));
