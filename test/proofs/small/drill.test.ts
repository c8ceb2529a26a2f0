import { DRILL } from '../../../proofs/drill.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(DRILL);
