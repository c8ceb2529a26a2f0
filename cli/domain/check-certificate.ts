import type { CertificateDetail } from '@aws-sdk/client-acm';
import { describeCertificate, findCertificate, type ProvingRecord, recordOf } from './certificates.ts';
import type { CheckedHost, Seen } from './checked-host.ts';
import type { DomainDeps } from './domain-deps.ts';

/** What ACM says of the host's certificate, and whether the records by which it is issued and renewed are there. */
export async function checkCertificate(
  deps: DomainDeps,
  { host, certificateArn, together }: CheckedHost,
): Promise<readonly Seen[]> {
  const arn = certificateArn ?? (await findCertificate(deps.acm, together));
  if (arn === undefined) return [];
  const certificate = await describeCertificate(deps.acm, arn);
  return [stateOf(certificate, arn), ...(await recordsOf(deps, certificate, host))];
}

function stateOf({ Status, RenewalSummary, FailureReason }: CertificateDetail, arn: string): Seen {
  const renewal = RenewalSummary?.RenewalStatus;
  if (Status === 'ISSUED' && renewal === 'FAILED')
    return {
      isRight: false,
      sentence: `ACM could not renew the certificate ${arn}: ${RenewalSummary?.RenewalStatusReason ?? 'no reason given'}.`,
    };
  if (Status === 'ISSUED') return { isRight: true, sentence: 'ACM says that the certificate is issued.' };
  if (Status === 'PENDING_VALIDATION')
    return { isRight: false, sentence: 'ACM waits for the records that prove the names; it gives up after 72 hours.' };
  return {
    isRight: false,
    sentence: `ACM says ${Status ?? 'nothing'} of the certificate ${arn}${FailureReason ? `, ${FailureReason}` : ''}.`,
  };
}

/** A certificate of another authority, which was brought to ACM, has no such records and is not renewed by ACM. */
async function recordsOf({ dns }: DomainDeps, certificate: CertificateDetail, host: string): Promise<Seen[]> {
  if (certificate.Type === 'IMPORTED')
    return [{ isRight: true, sentence: 'The certificate was brought to ACM, which does not renew it.' }];
  const records = (certificate.DomainValidationOptions ?? [])
    .flatMap((one) => recordOf(one.DomainName, one.ResourceRecord))
    .filter((record) => record.host === host);
  return Promise.all(records.map((record) => seenRecord(dns, record)));
}

async function seenRecord(dns: DomainDeps['dns'], { name, value }: ProvingRecord): Promise<Seen> {
  const found = await dns.resolveCname(name).catch(() => []);
  if (found.some((one) => one.toLowerCase() === value))
    return { isRight: true, sentence: 'The record is there by which ACM issues and renews the certificate.' };
  return {
    isRight: false,
    sentence: `The certificate is not issued or renewed without its record. Set: ${name} CNAME ${value}`,
  };
}
