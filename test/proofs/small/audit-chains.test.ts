import { AUDIT_CHAINS } from '../../../proofs/audit-chains.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(AUDIT_CHAINS);
