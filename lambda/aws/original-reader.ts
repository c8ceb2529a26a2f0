import type { OriginalReader } from '../core/delivery/ports.ts';
import { s3Objects } from './s3-objects.ts';
import type { Environment } from './service-endpoint.ts';

/** Originals in their bucket. */
export function originalReader(environment: Environment, bucket: string): OriginalReader {
  const objects = s3Objects(environment, bucket);
  return { read: objects.read };
}
