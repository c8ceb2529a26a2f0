import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { DistributionProps, IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { hostsOf, type OwnDomain, zoneOf } from '../../config/domains.ts';

/**
 * The owner's own host names of a distribution: their certificate, which must be in us-east-1 as the stack is, and their
 * records. ACM renews what it has issued as long as its record stands in the zone (AWS, "Managed certificate renewal").
 */
export class OwnHosts extends Construct {
  /** Given, or requested by the stack. */
  readonly certificate: ICertificate;
  /** For its own host name CloudFront fixes the TLS policy; for others TLS 1.2 is the least. */
  readonly distributionProps: Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'>;
  readonly #zones: ReadonlyMap<string, IHostedZone>;

  constructor(scope: Construct, id: string, domain: OwnDomain) {
    super(scope, id);
    this.#zones = this.#zonesByHost(domain);
    this.certificate = domain.certificateArn
      ? Certificate.fromCertificateArn(this, 'Given', domain.certificateArn)
      : this.#request(domain);
    this.distributionProps = {
      domainNames: [...hostsOf(domain)],
      certificate: this.certificate,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  /** Sets the records of every host that is in a zone. A distribution without IPv6 would answer nothing under the second. */
  pointTo(distribution: IDistribution): void {
    // Its own `bind` looks the zone up in a mapping for partitions that a deployment is never in.
    const bind = () => ({
      hostedZoneId: CloudFrontTarget.CLOUDFRONT_ZONE_ID,
      dnsName: distribution.distributionDomainName,
    });
    const target = RecordTarget.fromAlias({ bind });
    for (const [host, zone] of this.#zones) {
      new ARecord(this, `A-${host}`, { zone, recordName: `${host}.`, target });
      new AaaaRecord(this, `AAAA-${host}`, { zone, recordName: `${host}.`, target });
    }
  }

  #request(domain: OwnDomain): Certificate {
    const [domainName, ...subjectAlternativeNames] = hostsOf(domain) as [string, ...string[]];
    return new Certificate(this, 'Certificate', {
      domainName,
      ...(subjectAlternativeNames.length > 0 && { subjectAlternativeNames }),
      validation: CertificateValidation.fromDnsMultiZone(Object.fromEntries(this.#zones)),
    });
  }

  #zonesByHost(domain: OwnDomain): Map<string, IHostedZone> {
    const imported = new Map<string, IHostedZone>();
    for (const { id, name } of domain.hostedZones ?? []) {
      const zone = HostedZone.fromHostedZoneAttributes(this, `Zone-${name}`, { hostedZoneId: id, zoneName: name });
      imported.set(name, zone);
    }
    return new Map(
      hostsOf(domain).flatMap((host) => {
        const zone = imported.get(zoneOf(host, domain.hostedZones)?.name ?? '');
        return zone ? [[host, zone] as const] : [];
      }),
    );
  }
}
