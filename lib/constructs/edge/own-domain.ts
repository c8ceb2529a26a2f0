import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { DistributionProps } from 'aws-cdk-lib/aws-cloudfront';
import { SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { OwnDomain } from '../../config/config.ts';

/**
 * What a distribution needs for the owner's own host names. For its own host name CloudFront fixes the TLS policy; for
 * others TLS 1.2 is the least.
 */
export function ownDomain(
  scope: Construct,
  domain: OwnDomain | undefined,
): Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'> {
  if (!domain) return {};
  return {
    domainNames: [domain.name, ...(domain.otherNames ?? [])],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}
