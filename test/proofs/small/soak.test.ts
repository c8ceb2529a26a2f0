import { SOAK } from '../../../proofs/soak.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(SOAK);
