import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import { WrongCall } from '../wrong-call.ts';

/** What the verb asks. */
export interface DomainDeps {
  readonly acm: ACMClient;
  readonly cloudFormation: CloudFormationClient;
  readonly dns: Resolver;
  /** Where hosts answer. @default 443 and 80 */
  readonly ports: { readonly https: number; readonly http: number };
  /** Certificates that are trusted, as PEM. @default those of Node.js */
  readonly trusted?: string;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** @param server the DNS server that is asked. @throws WrongCall when it is no address */
export function domainDeps(server: string | undefined): DomainDeps {
  const dns = new Resolver({ timeout: 5000, tries: 2 });
  if (server !== undefined) {
    if (isIP(server) === 0) throw new WrongCall('--dns takes the address of a DNS server, such as 1.1.1.1.');
    dns.setServers([server]);
  }
  // Certificates of CloudFront and the stack that has the distributions are there.
  const at = { region: EDGE_REGION };
  return {
    ...{ acm: new ACMClient(at), cloudFormation: new CloudFormationClient(at), dns, ports: { https: 443, http: 80 } },
    now: Date.now,
    wait,
  };
}
