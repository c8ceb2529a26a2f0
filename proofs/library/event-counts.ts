/** Names of events, one for each change. */
export type Told = readonly string[];

/** Actions whose events the models count; others follow from them, such as folders that are made on the way. */
const COUNTED = [
  ...['file.uploaded', 'file.copied', 'file.moved', 'file.updated', 'file.trashed', 'file.ended', 'file.restored'],
  ...['version.restored', 'version.deleted'],
  ...['folder.moved', 'folder.merged', 'folder.restricted', 'folder.trashed', 'folder.restored'],
];

/** How often each counted action is among some, in words. */
export const countsOf = (actions: Told): string =>
  COUNTED.map((action) => `${action} ${actions.filter((one) => one === action).length}`).join(', ');

/**
 * The counts that clients may have together.
 * @param clients of each the changes that it may have made
 */
export function possibleCounts(clients: readonly (readonly Told[])[]): ReadonlySet<string> {
  let together: readonly Told[] = [[]];
  for (const possible of clients) {
    const all = together.flatMap((others) => possible.map((told) => [...others, ...told]));
    // Those of equal counts are one, or they would be as many as the clients' possibilities multiplied.
    together = [...new Map(all.map((told) => [countsOf(told), told])).values()];
  }
  return new Set(together.map(countsOf));
}
