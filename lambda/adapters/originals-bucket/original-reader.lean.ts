import type { OriginalReader } from '../../core/delivery/original-reader.ts';
import { s3Objects } from '../signed-http/s3-objects.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';

/** Originals in their bucket. */
export function originalReader(environment: Environment, bucket: string): OriginalReader {
  const objects = s3Objects(environment, bucket);
  return { read: objects.read };
}
