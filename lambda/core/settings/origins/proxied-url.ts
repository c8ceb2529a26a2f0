/**
 * The remote URL that an asset path of a web proxy is. ImageKit's SDKs collapse the two slashes to one, and the path
 * that arrives here is decoded once already, so that a remote URL that was escaped as a whole is as it was written. A
 * literal `#` can then only be a part of a name that was escaped, because fragments are not sent.
 * @param path leading slash, decoded: `/https:/www.example.com/a.jpg`
 * @returns undefined when the path is no remote URL
 */
export function proxiedUrl(path: string): string | undefined {
  const match = /^\/(https?):\/+([^/].*)$/i.exec(path);
  return match ? `${match[1]?.toLowerCase()}://${match[2]?.replaceAll('#', '%23')}` : undefined;
}
