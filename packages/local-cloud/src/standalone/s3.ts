export { type BucketConfiguration, type S3Server, type S3ServerOptions, startS3Server } from '../services/s3/server.ts';
