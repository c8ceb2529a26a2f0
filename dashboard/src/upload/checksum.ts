/** SHA-256 of all bytes, which are in memory for it. */
const checksumOf = async (bytes: Blob): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));

/** SHA-256 as the library shows it. */
export const hexChecksumOf = async (bytes: Blob): Promise<string> =>
  [...(await checksumOf(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 as the storage takes it. */
export const base64ChecksumOf = async (bytes: Blob): Promise<string> =>
  btoa(String.fromCharCode(...(await checksumOf(bytes))));
