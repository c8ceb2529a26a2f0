/** A path with its query, of so many bytes. What is behind the transformation means nothing. */
export function longUrl(path: string, transformation: string, bytes: number): string {
  const start = `${path}?tr=${transformation}&x=`;
  return start + 'x'.repeat(bytes - start.length);
}
