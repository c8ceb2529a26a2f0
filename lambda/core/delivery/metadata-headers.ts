import { CANONICAL_METADATA, TIMING_METADATA, VARY_METADATA, WIDTH_METADATA } from '../../contract/edge.ts';
import type { VariantHeaders } from './variant-store.ts';

/** As S3 sends the stored metadata: the viewer-response function makes the same headers of it on a miss. */
export function metadataHeaders({ canonicalUrl, serverTiming, vary, width }: VariantHeaders): Record<string, string> {
  return {
    [`x-amz-meta-${TIMING_METADATA}`]: serverTiming,
    ...(canonicalUrl !== undefined && { [`x-amz-meta-${CANONICAL_METADATA}`]: canonicalUrl }),
    ...(vary !== undefined && { [`x-amz-meta-${VARY_METADATA}`]: vary }),
    ...(width !== undefined && { [`x-amz-meta-${WIDTH_METADATA}`]: String(width) }),
  };
}
