import { SEARCH_AGREES } from '../../../proofs/search-agrees.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(SEARCH_AGREES);
