import { elsewhere } from './attack-case.ts';

const TAMPERINGS = 'test/cli/audit/tamperings.test.ts';
const VERB = 'test/cli/audit/audit.test.ts';

/** The audit log, and who wants it to tell something else. */
export const AUDIT_CASES = [
  elsewhere('AUD-002', 'events are edited, removed, made up and swapped', TAMPERINGS),
  elsewhere('AUD-003', 'the newest events are cut off', TAMPERINGS),
  elsewhere('AUD-008', 'names end lines and texts', VERB),
  elsewhere('EXP-004', 'names that a spreadsheet would calculate', VERB),
];
