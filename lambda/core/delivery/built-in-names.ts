/**
 * Named transformations that every account of ImageKit has: thumbnails, whose URLs the API itself hands out. Their names
 * are ImageKit's, their size is ours.
 */
const THUMBNAIL: readonly string[] = ['w-300', 'h-300', 'c-at_max'];

const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['n-ik_ml_thumbnail', THUMBNAIL],
  ['n-media_library_thumbnail', THUMBNAIL],
]);

/** Whether a built-in name is among the items. */
export function hasBuiltInName(steps: readonly (readonly string[])[]): boolean {
  return steps.some((step) => step.some((item) => BUILT_IN.has(item)));
}

/** The steps with every built-in name replaced, in its place, by what it stands for. */
export function expandBuiltInNames(steps: readonly (readonly string[])[]): string[][] {
  return steps.map((step) => step.flatMap((item) => BUILT_IN.get(item) ?? [item]));
}
