/** Paths under which ImageKit's SDKs upload: v1, v2 (the same call with Basic authentication), and the Ruby SDK's up to 3.1.0. */
export const UPLOAD_PATHS = ['/api/v1/files/upload', '/api/v2/files/upload', '/v1/files/upload'] as const;
