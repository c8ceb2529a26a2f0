import { LIBRARY_PRODUCT } from '../../../proofs/library-product.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(LIBRARY_PRODUCT);
