import type { Headers } from './messages.ts';

/** Tags that CloudFront stores of one object; those beyond are ignored (AWS, "What you need to know when invalidating tags"). */
const TAGS = 50;

/** Visible ASCII without the comma, in an invalidation after `#`. */
const TAG = /^[\x21-\x2b\x2d-\x7e]{1,256}$/;

/**
 * The tags in an origin's answer, in lower case, as case does not count.
 * @param header name of the distribution's `CacheTagConfig`, in lower case; undefined: the distribution knows no tags
 */
export function tagsOf(headers: Headers, header: string | undefined): readonly string[] {
  const value = header === undefined ? '' : (headers[header] ?? '');
  const tags = value.split(',').map((tag) => tag.trim().toLowerCase());
  return tags.filter((tag) => TAG.test(tag)).slice(0, TAGS);
}

/** Whether an item of an invalidation is a tag. */
export const isTagItem = (item: string): boolean => item.startsWith('#') && TAG.test(item.slice(1));

/** Whether one of the items names one of the tags. Items match whole tags; they know no wildcard. */
export function isTagged(tags: readonly string[], items: readonly string[]): boolean {
  return items.some((item) => item.startsWith('#') && tags.includes(item.slice(1).toLowerCase()));
}
