import { REQUEST_SIGNATURES } from '../../../proofs/request-signatures.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(REQUEST_SIGNATURES);
