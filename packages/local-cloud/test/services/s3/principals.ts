import type { S3Principal } from '../../../src/services/s3/server.ts';

export const OWNER: S3Principal = { accessKeyId: 'OWNER', secretAccessKey: 'owner/secret', access: 'all' };
export const READER: S3Principal = { accessKeyId: 'READER', secretAccessKey: 'reader/secret', access: 'get-only' };
export const REGION = 'eu-west-1';
