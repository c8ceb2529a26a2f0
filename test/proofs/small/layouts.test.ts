import { LAYOUTS } from '../../../proofs/layouts.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(LAYOUTS);
