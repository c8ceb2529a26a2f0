/**
 * Named transformations that every account of ImageKit has: thumbnails, whose URLs the API itself hands out. Their names
 * are ImageKit's, their size is ours.
 */
const THUMBNAIL: readonly string[] = ['w-300', 'h-300', 'c-at_max'];

const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['n-ik_ml_thumbnail', THUMBNAIL],
  ['n-media_library_thumbnail', THUMBNAIL],
]);

/** The items that a built-in name stands for; undefined for every other item. */
export const builtInItems = (item: string): readonly string[] | undefined => BUILT_IN.get(item);

/** As items. They are nobody's own: request/judge-url.ts knows them, too. */
export const BUILT_IN_NAMES: readonly string[] = [...BUILT_IN.keys()];

/** Whether a built-in name is among the items. */
export function hasBuiltInName(steps: readonly (readonly string[])[]): boolean {
  return steps.some((step) => step.some((item) => BUILT_IN.has(item)));
}
