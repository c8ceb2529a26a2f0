import { FOLDER_MOVE } from '../../../proofs/folder-move.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(FOLDER_MOVE);
