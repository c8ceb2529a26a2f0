import type { Report } from '../library/ports.ts';
import type { SyncWebAclDeps } from './rules/sync-web-acl.ts';
import { syncWebAcl } from './rules/sync-web-acl.ts';

export interface PublishAccessDeps extends SyncWebAclDeps {
  readonly report: Report;
}

/**
 * Brings a change of rules or takedowns to where it is decided. Never rejects: the change is recorded, and what fails
 * here is made up for by the publication that runs every minute.
 */
export async function publishAccess(deps: PublishAccessDeps): Promise<void> {
  await syncWebAcl(deps).catch((error: unknown) => deps.report('web-acl-sync-failed', error));
}
