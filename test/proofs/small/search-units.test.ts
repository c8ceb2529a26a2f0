import { SEARCH_UNITS } from '../../../proofs/search-units.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(SEARCH_UNITS);
