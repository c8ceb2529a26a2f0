import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';
import { failedOf } from './failed-of.ts';
import type { FileAction, FileItem } from './file-action.ts';
import type { SelectedFile } from './selected-file.ts';

/** Files that one call takes (`files.add-tags`). */
const PER_CALL = 50;

type TagsOf = (file: SelectedFile) => readonly string[];

/** Taken back, it leaves the tags that a file had before. */
export const addTags = (text: Catalogue, tags: readonly string[]): FileAction => ({
  label: text.select.tags,
  done: text.select.tagged,
  perCall: PER_CALL,
  act: taggingBy('/v1/files/addTags', () => tags),
  undo: () => ({
    label: text.undo,
    done: text.select.undone,
    perCall: PER_CALL,
    act: taggingBy('/v1/files/removeTags', (file) => tags.filter((tag) => !file.tags?.includes(tag))),
  }),
});

export const removeTags = (text: Catalogue, tags: readonly string[]): FileAction => ({
  label: text.select.tags,
  done: text.select.untagged,
  perCall: PER_CALL,
  act: taggingBy('/v1/files/removeTags', () => tags),
  undo: () => ({
    label: text.undo,
    done: text.select.undone,
    perCall: PER_CALL,
    act: taggingBy('/v1/files/addTags', (file) => tags.filter((tag) => file.tags?.includes(tag))),
  }),
});

/** A call for all files with which the same is to be done. */
const taggingBy =
  (path: '/v1/files/addTags' | '/v1/files/removeTags', tagsOf: TagsOf): FileAction['act'] =>
  async (items) => {
    const groups = Map.groupBy(items, ({ file }) => JSON.stringify(tagsOf(file)));
    const failed = [];
    for (const [tags, some] of groups) failed.push(...(await tagging(path, some, JSON.parse(tags))));
    return failed;
  };

async function tagging(path: '/v1/files/addTags' | '/v1/files/removeTags', items: readonly FileItem[], tags: string[]) {
  if (tags.length === 0) return [];
  const body = { fileIds: items.map(({ id }) => id), tags };
  return failedOf(items, await dataOf(api.POST(path, { body })));
}
