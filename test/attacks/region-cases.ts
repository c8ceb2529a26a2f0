import { elsewhere } from './attack-case.ts';

/** What happens between regions; what their APIs tell of each other's files is AUTHZ-013. */
export const REGION_CASES = [
  elsewhere(
    'REG-001',
    'a canary of one region is in no bucket and no table of another one',
    'test/product/regions.test.ts',
  ),
  elsewhere(
    'REG-003',
    'a region is cut off and declared down: its locked endpoints answer 503 with Retry-After, and no other region is asked',
    'test/product/regions.test.ts',
  ),
  elsewhere(
    'REG-004',
    'a region that comes and goes every minute: some failovers of half an hour, and no storm',
    'test/core/protection/failover/watch-region.test.ts',
  ),
  elsewhere(
    'REG-011',
    'a migration of an endpoint is killed and called again: every file is in the new region, and URLs answered all the time',
    'test/cli/endpoint/endpoint.test.ts',
  ),
];
