/** A `fetch` for ImageKit's SDKs that sends large files in parts. */
export function largeUploads(send?: typeof fetch): typeof fetch;
