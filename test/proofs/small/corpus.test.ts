import { CORPUS } from '../../../proofs/corpus.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(CORPUS);
