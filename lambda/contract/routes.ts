/** Paths of the API, as ImageKit's SDKs call them. The HTTP API sends every path to one function, which routes by these. */
export const ROUTES = {
  /** ImageKit "Upload file", v1. */
  upload: '/api/v1/files/upload',
  /** ImageKit "Upload file", v2; with Basic authentication it is the same call. */
  uploadV2: '/api/v2/files/upload',
  /** The alias that ImageKit's Ruby SDK up to 3.1.0 calls. */
  uploadAlias: '/v1/files/upload',
  /** ImageKit "Get image metadata for uploaded media files". */
  fileMetadata: '/v1/files/:fileId/metadata',
  /** ImageKit "Get image metadata from remote URL". */
  urlMetadata: '/v1/metadata',
  /** Ours: how a media URL is understood. */
  explain: '/v1/explain',
  /** ImageKit "Purge cache". */
  purge: '/v1/files/purge',
  /** ImageKit "Get purge status". */
  purgeStatus: '/v1/files/purge/:requestId',
  /** ImageKit "Origins". */
  origins: '/v1/accounts/origins',
  origin: '/v1/accounts/origins/:id',
  /** Block and allow rules; ours. */
  rules: '/v1/accounts/rules',
  rule: '/v1/accounts/rules/:ruleId',
  /** Keys that sign URLs beside the private key; ours. */
  signingKeys: '/v1/accounts/signing-keys',
  signingKey: '/v1/accounts/signing-keys/:keyId',
  /** ImageKit "URL endpoints". */
  endpoints: '/v1/accounts/url-endpoints',
  endpoint: '/v1/accounts/url-endpoints/:id',
  /** ImageKit "Named transformations". */
  namedTransformations: '/v1/named-transformations',
  namedTransformation: '/v1/named-transformations/:id',
  /** Takedown of a file; ours. */
  takedown: '/v1/files/:fileId/takedown',
} as const;
