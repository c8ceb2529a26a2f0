import { elsewhere } from './attack-case.ts';

const FORGED_TOKENS = 'test/adapters/open-id/access-token-verifier.test.ts';
const SIGN_IN = 'test/handlers/sign-in.test.ts';

/** Who signs in, and by what. */
export const SIGN_IN_CASES = [
  elsewhere('AUTH-001', 'a token without a signature', FORGED_TOKENS),
  elsewhere('AUTH-003', 'a token whose header names a key, or where one is', FORGED_TOKENS),
  elsewhere('AUTH-004', 'a token of another kind, client or issuer', FORGED_TOKENS),
  elsewhere('AUTH-006', 'a token in the query, twice, and beside a session', 'test/handlers/access-tokens.test.ts'),
  elsewhere('AUTH-009', 'a mailed code of another attempt, again, and guessed', SIGN_IN),
  elsewhere('AUTH-011', 'the API is called between password and code', SIGN_IN),
  elsewhere('AUTH-013', 'one password for many names, and many for one', 'test/handlers/credential-stuffing.test.ts'),
  elsewhere(
    'AUTH-014',
    'an invitation twice, at once, withdrawn, and to a foreign host',
    'test/handlers/people.test.ts',
  ),
  elsewhere('AUTH-016', 'state, nonce, verifier, code and the way back', SIGN_IN),
  elsewhere('AUTH-018', 'an address that nobody verified', 'test/core/accounts/sign-in/complete-sign-in.test.ts'),
  elsewhere('AUTH-019', 'a session that a browser brought along', SIGN_IN),
  elsewhere(
    'AUTH-021',
    'the passwords of this machine',
    'packages/local-cloud/test/services/cognito/account-store.test.ts',
  ),
];
