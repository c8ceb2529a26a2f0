import { checkCertificate } from './check-certificate.ts';
import { checkRecord } from './check-record.ts';
import type { CheckedHost, Seen } from './checked-host.ts';
import type { DomainDeps } from './domain-deps.ts';
import { lookAtHost } from './look-at-host.ts';

/** Looks at a host's record, certificate and answer. */
export async function checkHost(deps: DomainDeps, checked: CheckedHost): Promise<readonly Seen[]> {
  const record = await checkRecord(deps.dns, checked);
  const certificate = await checkCertificate(deps, checked);
  return [record, ...certificate, ...(await lookAtHost(deps, checked))];
}
