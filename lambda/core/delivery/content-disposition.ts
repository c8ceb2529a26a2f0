/**
 * `Content-Disposition` of a download (RFC 6266): a quoted ASCII name for old clients, and the exact name in the extended
 * form of RFC 8187. Everything that could end the header or the quotes is gone from both.
 */
export function attachmentDisposition(fileName: string): string {
  const ascii = fileName.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%;]/g, '_');
  const exact = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}

/**
 * The name under which a picture is saved: the asked one or the asset's own, with the extension of what is delivered.
 * @param asked name without extension, as the client gave it
 * @param extension without a dot; undefined keeps the asset's own
 */
export function downloadName(assetPath: string, asked: string | undefined, extension: string | undefined): string {
  const own = assetPath.slice(assetPath.lastIndexOf('/') + 1);
  const dot = own.lastIndexOf('.');
  const base = asked?.replace(/[/\\]/g, '_').slice(0, 200) ?? (dot > 0 ? own.slice(0, dot) : own);
  const ending = extension ?? (dot > 0 ? own.slice(dot + 1) : '');
  return ending ? `${base}.${ending}` : base;
}
