/** Request header by which another CDN shows that a request comes from it. */
export const CDN_SECRET_HEADER = 'x-vitrine-cdn-secret';

/** Key in the KeyValueStore of the SHA-256 of the secrets that are good, in hexadecimal with commas between them. */
export const CDN_SECRETS_KEY = 'cdn-secrets';

/**
 * Request header in which the viewer-request function hands on the viewer's address to the transformer, where another CDN is in
 * front. It is sent to origins in that case alone, and the function always sets it, so a viewer's own value never arrives.
 */
export const FORWARDED_ADDRESS_HEADER = 'x-vitrine-viewer-address';

/** Name of one of the secrets. */
export const cdnSecretName = (deployment: string, name: string): string => `${deployment}-cdn-in-front-${name}`;
