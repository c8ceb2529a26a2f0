import type { CommitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { composeCommit, homeDocuments } from './commit.ts';

/**
 * How changes of the account are written, whichever region is called: a transaction has tables of one region, and the
 * accounts table is at home.
 */
export const composeAccountCommit = (): CommitWithEvent =>
  composeCommit(homeDocuments(), requireEnvironment(ENVIRONMENT.homeAuditTable));
