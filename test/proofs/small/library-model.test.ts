import { LIBRARY_MODEL } from '../../../proofs/library-model.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(LIBRARY_MODEL);
