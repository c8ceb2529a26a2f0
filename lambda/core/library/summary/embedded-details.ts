import type { EmbeddedFields } from '../../../contract/embedded-fields.ts';
import { LIMITS } from '../../../contract/limits.ts';
import { Problem } from '../../kernel/problems.ts';
import type { CustomField } from '../custom-fields/custom-field.ts';
import { checkedValue } from '../custom-fields/field-values.ts';
import type { FileUpdate } from '../files/update-file.ts';
import type { EmbeddedMetadata } from '../store/embedded-metadata.ts';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { FileHead } from '../store/records.ts';
import { embeddedKeywords, embeddedText } from './embedded-text.ts';

/** Where each source is looked for, the first that has a text (IPTC, "Photo Metadata Standard", mapped properties). */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  title: ['Title', 'ObjectName', 'Headline'],
  caption: ['Description', 'Caption-Abstract', 'ImageDescription'],
  copyright: ['Rights', 'CopyrightNotice', 'Copyright'],
  altText: ['AltTextAccessibility'],
  creator: ['Creator', 'By-line', 'Artist'],
};

const CUSTOM = 'customMetadata.';

/**
 * The details of a file that what is embedded in it fills. What somebody gave stays; what does not fit its field is left out, for
 * nobody waits for an answer who could mend it.
 * @returns undefined when nothing is filled
 */
export function embeddedDetails(
  mapping: EmbeddedFields,
  fields: readonly CustomField[],
  head: FileHead,
  embedded: EmbeddedMetadata,
): FileUpdate | undefined {
  const { tags, description, ...sources } = mapping;
  const values = Object.entries(sources).flatMap(([target, source]): [string, MetadataValue][] => {
    const name = target.slice(CUSTOM.length);
    const value = Object.hasOwn(head.customMetadata ?? {}, name) ? undefined : sourceText(source, embedded);
    return value !== undefined && fits(fields, name, value) ? [[name, value]] : [];
  });
  const tagged = tags !== undefined && !head.tags ? fittingTags(sourceTags(tags, embedded)) : [];
  const described = description !== undefined && !head.description ? sourceText(description, embedded) : undefined;
  if (values.length === 0 && tagged.length === 0 && described === undefined) return undefined;
  return {
    ...(tagged.length > 0 && { tags: tagged }),
    ...(described !== undefined && { description: described.slice(0, LIMITS.descriptionCharacters) }),
    ...(values.length > 0 && { customMetadata: Object.fromEntries(values) }),
  };
}

/** Custom fields that a mapping names. */
export const mappedFields = (mapping: EmbeddedFields): string[] =>
  Object.keys(mapping).flatMap((target) => (target.startsWith(CUSTOM) ? [target.slice(CUSTOM.length)] : []));

/** `altText-de` is a text in one language. */
function sourceText(source: string, embedded: EmbeddedMetadata): string | undefined {
  if (source === 'keywords') return embeddedKeywords(embedded).join(', ') || undefined;
  const dash = source.indexOf('-');
  if (dash < 0) return embeddedText(embedded, NAMES[source] ?? []);
  const language = source.slice(dash);
  return embeddedText(
    embedded,
    (NAMES[source.slice(0, dash)] ?? []).map((name) => name + language),
  );
}

function sourceTags(source: string, embedded: EmbeddedMetadata): readonly string[] {
  const text = source === 'keywords' ? undefined : sourceText(source, embedded);
  return text === undefined ? embeddedKeywords(embedded) : [text];
}

/** As many as fit into the limit for all of them. */
function fittingTags(tags: readonly string[]): string[] {
  let left = LIMITS.tagCharacters;
  return tags.filter((tag) => {
    const takes = !tag.includes('%') && tag.length <= left;
    if (takes) left -= tag.length;
    return takes;
  });
}

function fits(fields: readonly CustomField[], name: string, value: MetadataValue): boolean {
  const field = fields.find((one) => one.name === name && one.deletedAt === undefined);
  if (!field) return false;
  try {
    checkedValue(name, field.schema, value);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
