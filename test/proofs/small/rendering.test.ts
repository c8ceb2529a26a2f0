import { RENDERING } from '../../../proofs/rendering.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(RENDERING);
