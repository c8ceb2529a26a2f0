import { CommandFailed } from '../command-failed.ts';
import { findCertificate, provingRecords, requestCertificate } from './certificates.ts';
import type { DomainDeps } from './domain-deps.ts';
import { type HostUse, targetsOf } from './targets.ts';

/** Keys of cdk.json. */
const KEYS = { media: 'mediaDomain', api: 'apiDomain' } as const;

/** Requests a certificate for hosts. @returns what the owner does now, as text */
export async function addDomain(
  deps: DomainDeps,
  deployment: string,
  use: HostUse,
  hosts: readonly string[],
): Promise<string> {
  const arn = (await findCertificate(deps.acm, hosts)) ?? (await requestCertificate(deps.acm, hosts));
  const records = await provingRecords(deps, arn);
  const target = await targetsOf(deps, deployment)
    .then((targets) => targets[use])
    .catch((error: unknown) => {
      if (!(error instanceof CommandFailed)) throw error;
      return undefined;
    });
  const [name, ...otherNames] = hosts;
  const configured = { [KEYS[use]]: { name, ...(otherNames.length > 0 && { otherNames }), certificateArn: arn } };
  return `1. Set these records now. They prove that the names are yours, and ACM renews by them: leave them there.

${records.map((record) => `   ${record.name}  CNAME  ${record.value}\n`).join('')}
2. When "npx vitrine domain check${use === 'api' ? ' --api' : ''} ${hosts.join(' ')}" says that the certificate is issued, put this into cdk.json below "vitrine", and deploy:

   ${JSON.stringify(configured, null, 2).slice(2, -2).trim().replaceAll('\n', '\n   ')}

3. Then lead the hosts to ${target ?? `the distribution, whose host the stack ${deployment}-edge has as an output`}:

${hosts.map((host) => `   ${host}  CNAME  ${target ?? `(output ${use === 'api' ? 'ApiTarget' : 'MediaTarget'})`}\n`).join('')}
   Where a zone's own name is the host, DNS allows no CNAME there: use what your provider calls ALIAS, ANAME or flattening.
`;
}
