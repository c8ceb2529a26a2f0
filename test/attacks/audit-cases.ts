import { elsewhere } from './attack-case.ts';

const TAMPERINGS = 'test/cli/audit/tamperings.test.ts';
const WRITERS = 'test/adapters/audit-table/commit-with-event.test.ts';
const READINGS = 'test/handlers/audit-readings.test.ts';
const ROUND_TRIP = 'test/cli/transfer/transfer.test.ts';
const UNPACKED = 'test/core/library/zips/unpacked.test.ts';
const CHANGED = 'test/core/library/zips/changed-meanwhile.test.ts';
const VERB = 'test/cli/audit/audit.test.ts';

/** The audit log, and who wants it to tell something else; and what leaves a deployment as a file. */
export const AUDIT_CASES = [
  elsewhere('AUD-002', 'events are edited, removed, made up and swapped', TAMPERINGS),
  elsewhere('AUD-003', 'the newest events are cut off', TAMPERINGS),
  elsewhere('AUD-005', '200 parallel writers', WRITERS),
  elsewhere('AUD-007', 'the log is read and exported, with cursors of one’s own making too', READINGS),
  elsewhere('AUD-008', 'names end lines and texts', VERB),
  elsewhere('EXP-001', 'names that lead elsewhere, unpacked by programs of others', UNPACKED),
  elsewhere('EXP-003', 'files are made private, deleted and replaced while twenty ZIPs are written', CHANGED),
  elsewhere('EXP-004', 'names that a spreadsheet would calculate', VERB),
  elsewhere('EXP-008', 'an export is imported again, and everything is as it was', ROUND_TRIP),
];
