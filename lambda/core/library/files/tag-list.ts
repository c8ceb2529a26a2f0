import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';

/** @throws Problem file.invalid for a tag with %, or for too many characters in all */
export function requireTags(tags: readonly string[]): readonly string[] {
  const distinct = [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
  if (distinct.some((tag) => tag.includes('%'))) throw problem('file.invalid', 'tags may not contain %.');
  const characters = distinct.reduce((sum, tag) => sum + tag.length, 0);
  if (characters > LIMITS.tagCharacters) {
    throw problem('file.invalid', `tags may have ${LIMITS.tagCharacters} characters in all, these have ${characters}.`);
  }
  return distinct;
}

export const withTags = (present: readonly string[] = [], added: readonly string[]): readonly string[] =>
  requireTags([...present, ...added]);

export const withoutTags = (present: readonly string[] = [], removed: readonly string[]): readonly string[] =>
  present.filter((tag) => !removed.includes(tag));
