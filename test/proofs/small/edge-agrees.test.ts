import { EDGE_AGREES } from '../../../proofs/edge-agrees.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(EDGE_AGREES);
