/** Paths under which ImageKit's SDKs upload: version 1, and the Ruby SDK's up to 3.1.0. */
export const UPLOAD_PATHS = ['/api/v1/files/upload', '/v1/files/upload'] as const;

/** Version 2 differs in how a form is signed. */
export const UPLOAD_V2_PATH = '/api/v2/files/upload';
