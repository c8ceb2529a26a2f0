import { ATTACKS_REFUSED } from './attacks.ts';
import { AUDIT_CHAINS } from './audit-chains.ts';
import { AWS_CHUNKED } from './aws-chunked.ts';
import { CORPUS } from './corpus.ts';
import { DASHBOARD_GRID } from './dashboard-grid.ts';
import { DRILL } from './drill.ts';
import { EDGE_AGREES } from './edge-agrees.ts';
import { FOLDER_MOVE } from './folder-move.ts';
import { FORMAT_LADDER } from './format-ladder.ts';
import { LARGE_LIBRARY } from './large-library.ts';
import { LAYOUTS } from './layouts.ts';
import { LIBRARY_MODEL } from './library-model.ts';
import { LIBRARY_PRODUCT } from './library-product.ts';
import { PLAN_GRAMMAR } from './plan-grammar.ts';
import { PRODUCT_CRASHES } from './product-crashes.ts';
import type { Proof } from './proof.ts';
import { RENDERING } from './rendering.ts';
import { REQUEST_SIGNATURES } from './request-signatures.ts';
import { S3_CRASHES } from './s3-crashes.ts';
import { S3_XML } from './s3-xml.ts';
import { SAFE_SVG } from './safe-svg.ts';
import { SEARCH_AGREES } from './search-agrees.ts';
import { SEARCH_UNITS } from './search-units.ts';
import { SOAK } from './soak.ts';

/** Every proof. `test/proofs` runs the small size of each. */
export const PROOFS: readonly Proof[] = [
  PLAN_GRAMMAR,
  LAYOUTS,
  RENDERING,
  FORMAT_LADDER,
  CORPUS,
  SAFE_SVG,
  EDGE_AGREES,
  ATTACKS_REFUSED,
  PRODUCT_CRASHES,
  S3_CRASHES,
  AWS_CHUNKED,
  S3_XML,
  REQUEST_SIGNATURES,
  LIBRARY_MODEL,
  LIBRARY_PRODUCT,
  LARGE_LIBRARY,
  FOLDER_MOVE,
  AUDIT_CHAINS,
  SEARCH_AGREES,
  SEARCH_UNITS,
  DASHBOARD_GRID,
  DRILL,
  SOAK,
];
