import { DASHBOARD_GRID } from '../../../proofs/dashboard-grid.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(DASHBOARD_GRID);
