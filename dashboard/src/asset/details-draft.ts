import { readTags } from '../select/read-tags.ts';
import type { DetailsChange, FileDetails } from './file-queries.ts';

/** The details that people write, as they write them. */
export interface Draft {
  readonly description: string;
  readonly tags: string;
  /** By the names of custom fields. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export const draftOf = ({ description, tags, customMetadata }: FileDetails): Draft => ({
  description: description ?? '',
  tags: tags?.join(', ') ?? '',
  fields: customMetadata,
});

/** What a draft changes of a file; null takes a detail away. @returns undefined when it changes nothing */
export function changeOf(draft: Draft, before: Draft): DetailsChange | undefined {
  const tags = readTags(draft.tags);
  const names = Object.keys({ ...before.fields, ...draft.fields });
  const fields = names.filter((name) => JSON.stringify(draft.fields[name]) !== JSON.stringify(before.fields[name]));
  const change = {
    ...(draft.description !== before.description && { description: draft.description.trim() || null }),
    ...(draft.tags !== before.tags && { tags: tags.length > 0 ? tags : null }),
    ...(fields.length > 0 && {
      customMetadata: Object.fromEntries(fields.map((name) => [name, draft.fields[name] ?? null])),
    }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** A detail that has another value than before. */
export interface ChangedDetail {
  readonly detail: 'description' | 'tags' | 'field';
  /** Of a custom field. */
  readonly field: string;
  /** As people read it; empty for one that was taken away. */
  readonly value: string;
}

/** What has another value in a newer state. */
export function changedDetails(before: Draft, now: Draft): readonly ChangedDetail[] {
  const texts = (['description', 'tags'] as const).flatMap((detail) =>
    now[detail] === before[detail] ? [] : [{ detail, field: '', value: now[detail] }],
  );
  const names = Object.keys({ ...before.fields, ...now.fields });
  const fields = names.filter((name) => JSON.stringify(now.fields[name]) !== JSON.stringify(before.fields[name]));
  return [
    ...texts,
    ...fields.map((field) => ({ detail: 'field' as const, field, value: [now.fields[field] ?? ''].flat().join(', ') })),
  ];
}

/** What was written over a state, over another one: only what was changed. */
export function rebased(draft: Draft, before: Draft, onto: Draft): Draft {
  const changed = Object.keys(draft.fields).filter((name) => draft.fields[name] !== before.fields[name]);
  return {
    description: draft.description === before.description ? onto.description : draft.description,
    tags: draft.tags === before.tags ? onto.tags : draft.tags,
    fields: { ...onto.fields, ...Object.fromEntries(changed.map((name) => [name, draft.fields[name]])) },
  };
}
