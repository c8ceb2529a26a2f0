import { SAFE_SVG } from '../../../proofs/safe-svg.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(SAFE_SVG);
