import { CANONICAL_METADATA } from '../../contract/edge.ts';
import type { VariantHeaders } from './variant-store.ts';

/** As the store sends it, so that the viewer-response function makes the same `Link` of it on a miss. */
export function canonicalHeader({ canonicalUrl }: VariantHeaders): Record<string, string> {
  return canonicalUrl === undefined ? {} : { [`x-amz-meta-${CANONICAL_METADATA}`]: canonicalUrl };
}
