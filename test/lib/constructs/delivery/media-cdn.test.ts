import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { MediaCdn } from '../../../../lib/constructs/delivery/media-cdn.ts';
import type { MediaRegion } from '../../../../lib/constructs/delivery/region-origins.ts';
import { ViewerFunctions } from '../../../../lib/constructs/edge/viewer-functions.ts';
import { constructStack } from '../../construct-stack.ts';

const DOMAIN = {
  name: 'media.example.com',
  otherNames: ['shop.example.com'],
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
};

const HOME = { region: 'eu-central-1', transformerHost: 'transformer.example' };
const AWAY = { region: 'us-west-2', transformerHost: 'away.example' };

function cdn(
  domain?: typeof DOMAIN,
  ...others: MediaRegion[]
): { readonly media: MediaCdn; readonly template: Template } {
  const stack = constructStack();
  const media = new MediaCdn(stack, 'Media', {
    deployment: 'vitrine',
    regions: [HOME, ...others],
    viewerFunctions: new ViewerFunctions(stack, 'Functions', { requestCode: 'request', responseCode: 'response' }),
    webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/media/1',
    domain,
  });
  return { media, template: Template.fromStack(stack) };
}

function config(template: Template) {
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  return distribution?.Properties.DistributionConfig;
}

describe('the media distribution', () => {
  it('asks for a stored variant first, then the transformer', () => {
    const { Origins, OriginGroups, DefaultCacheBehavior } = config(cdn().template);

    const [group] = OriginGroups.Items;
    expect(group.FailoverCriteria.StatusCodes.Items).toEqual([400, 403, 404, 500, 502, 503, 504]);
    expect(group.Members.Items).toEqual(Origins.map(({ Id }: { Id: string }) => ({ OriginId: Id })));
    expect(DefaultCacheBehavior.TargetOriginId).toBe(group.Id);
    expect(Origins[0].DomainName).toEqual({
      'Fn::Join': ['', ['vitrine-variants-', { Ref: 'AWS::AccountId' }, '-eu-central-1.s3.eu-central-1.amazonaws.com']],
    });
    expect(Origins[1]).toMatchObject({
      DomainName: 'transformer.example',
      CustomOriginConfig: {
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
        OriginReadTimeout: 35,
      },
    });
  });

  it('has the origins of further regions beside it, by the names that the edge function asks for', () => {
    const { Origins, OriginGroups } = config(cdn(undefined, AWAY).template);

    expect(Origins.map(({ Id }: { Id: string }) => Id)).toEqual([
      'v-eu-central-1',
      't-eu-central-1',
      'v-us-west-2',
      't-us-west-2',
    ]);
    expect(OriginGroups.Quantity).toBe(1);
    const [, , variants, transformer] = Origins;
    expect(JSON.stringify(variants.DomainName)).toContain('-us-west-2.s3.us-west-2.amazonaws.com');
    expect(transformer).toMatchObject({ DomainName: 'away.example', ConnectionAttempts: 2, ConnectionTimeout: 3 });
    expect([variants, transformer].map((one) => one.OriginAccessControlId)).toEqual(
      Origins.slice(0, 2).map((one: { OriginAccessControlId: object }) => one.OriginAccessControlId),
    );
  });

  it('signs what it asks of either origin', () => {
    const { template } = cdn();

    for (const [index, kind] of ['s3', 'lambda'].entries()) {
      const [control] = Object.keys(
        template.findResources('AWS::CloudFront::OriginAccessControl', {
          Properties: {
            OriginAccessControlConfig: {
              OriginAccessControlOriginType: kind,
              SigningBehavior: 'always',
              SigningProtocol: 'sigv4',
            },
          },
        }),
      );
      expect(config(template).Origins[index].OriginAccessControlId).toEqual({ 'Fn::GetAtt': [control, 'Id'] });
    }
  });

  it('serves GET and HEAD over TLS and HTTP/3, behind functions and web ACL', () => {
    const { template } = cdn();

    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        HttpVersion: 'http2and3',
        PriceClass: 'PriceClass_All',
        WebACLId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/media/1',
        DefaultCacheBehavior: {
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
          CachedMethods: ['GET', 'HEAD'],
          Compress: false,
          ViewerProtocolPolicy: 'redirect-to-https',
          FunctionAssociations: [{ EventType: 'viewer-request' }, { EventType: 'viewer-response' }],
        },
      },
    });
    template.resourceCountIs('AWS::Lambda::Permission', 0);
  });

  it('has its own host unless the owner brings a domain', () => {
    const { media, template } = cdn();

    expect(media.mediaHost).toBe(media.distribution.distributionDomainName);
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Aliases: Match.absent(), ViewerCertificate: Match.absent() },
    });
  });

  it('takes the owner’s domain with at least TLS 1.2', () => {
    const { media, template } = cdn(DOMAIN);

    expect(media.mediaHost).toBe('media.example.com');
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['media.example.com', 'shop.example.com'],
        ViewerCertificate: {
          AcmCertificateArn: DOMAIN.certificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      },
    });
  });
});
