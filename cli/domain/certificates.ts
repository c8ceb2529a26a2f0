import { createHash } from 'node:crypto';
import type { ACMClient, CertificateDetail, ResourceRecord } from '@aws-sdk/client-acm';
import { DescribeCertificateCommand, paginateListCertificates, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CommandFailed } from '../command-failed.ts';
import type { DomainDeps } from './domain-deps.ts';

/** ACM has the records some seconds after the request. */
const ATTEMPTS = 20;
const WAIT_MILLISECONDS = 3000;

/** A record that proves to ACM that a name is the owner's. */
export interface ProvingRecord {
  readonly host: string;
  /** As DNS has it, without a dot at the end. */
  readonly name: string;
  readonly value: string;
}

/** Requests a certificate, or finds that of an earlier call. @returns its ARN */
export async function requestCertificate(acm: ACMClient, hosts: readonly string[]): Promise<string> {
  const [DomainName, ...others] = hosts;
  const request = new RequestCertificateCommand({
    DomainName,
    ...(others.length > 0 && { SubjectAlternativeNames: others }),
    ValidationMethod: 'DNS',
    // Within an hour, equal tokens are one request (ACM, "RequestCertificate").
    IdempotencyToken: createHash('sha256').update(hosts.join()).digest('hex').slice(0, 32),
  });
  const { CertificateArn = '' } = await acm.send(request).catch((error: Error) => {
    throw new CommandFailed(`ACM gives no certificate for ${hosts.join(', ')}: ${error.message}`);
  });
  return CertificateArn;
}

export async function describeCertificate(acm: ACMClient, CertificateArn: string): Promise<CertificateDetail> {
  const { Certificate = {} } = await acm
    .send(new DescribeCertificateCommand({ CertificateArn }))
    .catch((error: Error) => {
      throw new CommandFailed(`ACM does not describe ${CertificateArn}: ${error.message}`);
    });
  return Certificate;
}

/** The certificate that ACM has for exactly these hosts, issued or not. */
export async function findCertificate(acm: ACMClient, hosts: readonly string[]): Promise<string | undefined> {
  const wanted = [...hosts].sort().join();
  const statuses = { CertificateStatuses: ['PENDING_VALIDATION', 'ISSUED'] as ('PENDING_VALIDATION' | 'ISSUED')[] };
  for await (const { CertificateSummaryList = [] } of paginateListCertificates({ client: acm }, statuses)) {
    const found = CertificateSummaryList.find(
      ({ DomainName, SubjectAlternativeNameSummaries = [] }) =>
        [...new Set([DomainName, ...SubjectAlternativeNameSummaries])].sort().join() === wanted,
    );
    if (found?.CertificateArn) return found.CertificateArn;
  }
  return undefined;
}

/** Waits until ACM has said every record. @throws CommandFailed when it does not within a minute */
export async function provingRecords(
  { acm, wait }: Pick<DomainDeps, 'acm' | 'wait'>,
  arn: string,
): Promise<readonly ProvingRecord[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { DomainValidationOptions = [] } = await describeCertificate(acm, arn);
    const records = DomainValidationOptions.flatMap((one) => recordOf(one.DomainName, one.ResourceRecord));
    if (records.length > 0 && records.length === DomainValidationOptions.length) return records;
    await wait(WAIT_MILLISECONDS);
  }
  throw new CommandFailed(`ACM has not said yet which records prove the names of ${arn}. Call again in a minute.`);
}

/** The record of one name, where ACM has one. */
export function recordOf(host = '', record: ResourceRecord | undefined): ProvingRecord[] {
  if (!record?.Name || !record.Value) return [];
  return [{ host, name: withoutDot(record.Name), value: withoutDot(record.Value) }];
}

const withoutDot = (name: string): string => name.replace(/\.$/, '').toLowerCase();
