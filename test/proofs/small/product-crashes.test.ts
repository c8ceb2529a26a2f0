import { PRODUCT_CRASHES } from '../../../proofs/product-crashes.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(PRODUCT_CRASHES);
