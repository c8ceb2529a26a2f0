/**
 * Looks for a path as it is given, then in Unicode NFC. The library spells all names so, while macOS decomposes what is typed or copied
 * there; files of origins may have either spelling.
 */
export async function findAsSpelled<Found>(
  find: (path: string) => Promise<Found | undefined>,
  path: string,
): Promise<Found | undefined> {
  const found = await find(path);
  const composed = path.normalize('NFC');
  return found === undefined && composed !== path ? find(composed) : found;
}

/** The same path of a URL in NFC; what is not beyond ASCII stays as it is written. */
export function composedUrlPath(path: string): string {
  return path
    .replace(/(?:%[89a-f][0-9a-f])+/gi, decodeURIComponent)
    .normalize('NFC')
    .replace(/\P{ASCII}+/gu, encodeURIComponent);
}
