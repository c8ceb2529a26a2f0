import { FORMAT_LADDER } from '../../../proofs/format-ladder.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(FORMAT_LADDER);
