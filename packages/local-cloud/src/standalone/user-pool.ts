export { openListener } from '../listener.ts';
export { startUserPool } from '../services/cognito/user-pool.ts';
