import { LARGE_LIBRARY } from '../../../proofs/large-library.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(LARGE_LIBRARY);
