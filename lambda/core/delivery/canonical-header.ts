import { CANONICAL_METADATA } from '../../contract/edge.ts';
import type { VariantHeaders } from './variant-store.ts';

/** As S3 sends the stored metadata: the viewer-response function makes the same `Link` header of it on a miss. */
export function canonicalHeader({ canonicalUrl }: VariantHeaders): Record<string, string> {
  return canonicalUrl === undefined ? {} : { [`x-amz-meta-${CANONICAL_METADATA}`]: canonicalUrl };
}
