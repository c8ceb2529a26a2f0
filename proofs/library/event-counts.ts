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
 * All sums of counts that take one of each client's.
 * @param clients of each the counts that it may have
 */
export const sumsOf = (clients: readonly (readonly string[])[]): ReadonlySet<string> =>
  clients.reduce<ReadonlySet<string>>(
    (sums, counts) => new Set(Array.from(sums).flatMap((sum) => counts.map((one) => sumOf(sum, one)))),
    new Set([countsOf([])]),
  );

function sumOf(one: string, other: string): string {
  const numbers = other.match(/\d+/g) ?? [];
  return one.replace(/\d+/g, (number) => String(Number(number) + Number(numbers.shift())));
}
