import { elsewhere } from './attack-case.ts';

/** Too many requests, and too slow ones. */
export const RATE_CASES = [
  elsewhere(
    'RATE-001',
    'one key floods the API: it is told to wait, and others are not',
    'test/core/accounts/call-rates.test.ts',
  ),
  elsewhere('RATE-009', 'a client sends its head slowly: 408', 'packages/local-cloud/test/listener.test.ts'),
];
