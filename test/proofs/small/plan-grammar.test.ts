import { PLAN_GRAMMAR } from '../../../proofs/plan-grammar.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(PLAN_GRAMMAR);
