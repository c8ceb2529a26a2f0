import { parseArgs } from 'node:util';
import { readConfig, type VitrineConfig } from '../../lib/config/config.ts';
import { isHostName } from '../../lib/config/config-values.ts';
import { hostsOf, zoneOf } from '../../lib/config/domains.ts';
import { projectContext } from '../../lib/vitrine-context.ts';
import { WrongCall } from '../wrong-call.ts';
import { addDomain } from './add-domain.ts';
import { checkHost } from './check-host.ts';
import { type DomainDeps, domainDeps } from './domain-deps.ts';
import { type HostUse, targetsOf } from './targets.ts';

export const DOMAIN_HELP = `Usage: vitrine domain add HOST... [--api]
       vitrine domain check [HOST...] [--api] [--dns SERVER]

add requests a certificate of ACM for hosts whose zone Route 53 does not have, and prints the records to set and what belongs
into cdk.json. Called again, it finds the same certificate. Hosts in a zone of Route 53 need no certificate from here: name the
zone in cdk.json, and the stack does the rest (docs/domains.md).

check looks at each host as a viewer would: its record, its certificate and the days that it has left, the record by which ACM
renews it, TLS, and whether Vitrine answers. It changes nothing. Without HOST it checks those of cdk.json.

  --api  the hosts are the API's. Default: they are of media
  --dns  address of the DNS server that is asked, such as 1.1.1.1. Default: that of this machine

Credentials of AWS are found as the AWS CLI finds them.

Exit codes: 0 done, or everything is right, 1 something is wrong or was refused, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function domain(
  args: readonly string[],
  print: (text: string) => void,
  makeDeps: (dns: string | undefined) => DomainDeps = domainDeps,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      api: { type: 'boolean', default: false },
      dns: { type: 'string' },
    },
  });
  const [task, ...hosts] = positionals;
  if (values.help || (task !== 'check' && (task !== 'add' || hosts.length === 0))) {
    print(DOMAIN_HELP);
    return values.help ? 0 : 2;
  }
  for (const host of hosts) if (!isHostName(host)) throw new WrongCall(`${host} is no host name in lower case.`);
  const config = readConfig(projectContext().vitrine);
  const use: HostUse = values.api ? 'api' : 'media';
  const deps = makeDeps(values.dns);
  if (task === 'add') {
    print(await addDomain(deps, config.name, use, hosts));
    return 0;
  }
  return checkHosts(
    deps,
    config,
    hosts.length > 0 ? hosts.map((host) => ({ host, use })) : configuredHosts(config),
    print,
  );
}

interface UsedHost {
  readonly host: string;
  readonly use: HostUse;
}

function configuredHosts({ mediaDomain, apiDomain }: VitrineConfig): UsedHost[] {
  return [
    ...(mediaDomain ? hostsOf(mediaDomain) : []).map((host) => ({ host, use: 'media' as const })),
    ...(apiDomain ? hostsOf(apiDomain) : []).map((host) => ({ host, use: 'api' as const })),
  ];
}

async function checkHosts(
  deps: DomainDeps,
  config: VitrineConfig,
  hosts: readonly UsedHost[],
  print: (text: string) => void,
): Promise<number> {
  if (hosts.length === 0) {
    print('cdk.json names no host of your own: neither "mediaDomain" nor "apiDomain" is there.\n');
    return 1;
  }
  const targets = await targetsOf(deps, config.name);
  let isWrong = false;
  for (const { host, use } of hosts) {
    const domain = use === 'media' ? config.mediaDomain : config.apiDomain;
    const known = domain && hostsOf(domain).includes(host) ? domain : undefined;
    const findings = await checkHost(deps, {
      ...{ host, use, target: targets[use], certificateArn: known?.certificateArn },
      together: known ? hostsOf(known) : hosts.filter((one) => one.use === use).map((one) => one.host),
      isInZone: zoneOf(host, known?.hostedZones) !== undefined,
    });
    print(
      `${host}\n${findings.map(({ isRight, sentence }) => `  ${isRight ? 'right' : 'WRONG'}  ${sentence}\n`).join('')}`,
    );
    isWrong ||= findings.some(({ isRight }) => !isRight);
  }
  return isWrong ? 1 : 0;
}
