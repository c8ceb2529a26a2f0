import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { ApiCdnProps } from '../../../../lib/constructs/api/api-cdn.ts';
import { ApiCdn } from '../../../../lib/constructs/api/api-cdn.ts';
import { constructStack } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

const ACL = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/api/1';

function templateOf(more: Partial<ApiCdnProps> = {}): Template {
  const stack = constructStack();
  const requestCode = fixtureCode().edgeFunction('api-request');
  const props = { deployment: 'pictures', apiHost: 'api.example', requestCode, webAclArn: undefined };
  new ApiCdn(stack, 'ApiCdn', { ...props, ...more });
  return Template.fromStack(stack);
}

describe('the host of the API', () => {
  it('takes every method over HTTPS alone, with HTTP/3, and caches no answer of the API', () => {
    templateOf().hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        HttpVersion: 'http2and3',
        WebACLId: Match.absent(),
        DefaultCacheBehavior: {
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          ViewerProtocolPolicy: 'https-only',
          // CachingDisabled and AllViewerExceptHostHeader (Amazon CloudFront, "Use managed policies").
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        },
      },
    });
  });

  it('keeps files of the dashboard, as each browser takes them', () => {
    templateOf().hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: [
          Match.objectLike({
            PathPattern: '/dashboard/assets/*',
            ViewerProtocolPolicy: 'https-only',
            // CachingOptimized, which has the coding in its key; the files are compressed already.
            CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
            Compress: false,
          }),
          Match.objectLike({ PathPattern: '/' }),
          Match.objectLike({ PathPattern: '/dashboard/*' }),
        ],
      },
    });
  });

  it('redirects pages that come by plain HTTP, which keeps nothing of them', () => {
    for (const PathPattern of ['/', '/dashboard/*']) {
      templateOf().hasResourceProperties('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          CacheBehaviors: Match.arrayWith([
            Match.objectLike({
              PathPattern,
              ViewerProtocolPolicy: 'redirect-to-https',
              CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
              FunctionAssociations: [Match.objectLike({ EventType: 'viewer-request' })],
            }),
          ]),
        },
      });
    }
  });

  it('keeps no error either: every status that CloudFront keeps for ten seconds is told not to be', () => {
    const [found] = Object.values(templateOf().findResources('AWS::CloudFront::Distribution'));
    const kept: { ErrorCode: number; ErrorCachingMinTTL: number }[] =
      found?.Properties.DistributionConfig.CustomErrorResponses;

    // Amazon CloudFront, "HTTP 4xx and 5xx status codes that CloudFront caches".
    expect(kept.map(({ ErrorCode }) => ErrorCode)).toEqual([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]);
    expect(kept.every(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL === 0)).toBe(true);
  });

  it('tells browsers to come by HTTPS for a year', () => {
    const [policy] = Object.values(templateOf().findResources('AWS::CloudFront::ResponseHeadersPolicy'));

    expect(policy?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig).toMatchObject({
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
      FrameOptions: { FrameOption: 'DENY' },
    });
  });

  it('has the web ACL that it is given, and the owner’s name with TLS 1.2', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000';
    const domain = { name: 'api.example.com', certificateArn };

    templateOf({ webAclArn: ACL, domain }).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        WebACLId: ACL,
        Aliases: ['api.example.com'],
        ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    });
  });
});

describe('a deployment', () => {
  it('has an API host for each region, which the edge parameter names, and a web ACL at each', () => {
    const { edge } = templatesOf(vitrineApp({ vitrine: { regions: ['eu-west-1', 'us-west-2'] } }));
    const hosts = Object.entries(edge.findResources('AWS::CloudFront::Distribution')).filter(([id]) =>
      id.startsWith('ApiCdn'),
    );

    expect(hosts.map(([, { Properties }]) => Properties.DistributionConfig.Origins[0].DomainName)).toEqual(
      ['eu-west-1', 'us-west-2'].map((Region) => ({
        'Fn::GetStackOutput': { StackName: `vitrine-${Region}`, Region, OutputName: 'ApiHost' },
      })),
    );
    const acls = hosts.map(([, { Properties }]) => JSON.stringify(Properties.DistributionConfig.WebACLId));
    expect(new Set(acls).size).toBe(2);
    const [parameter] = Object.values(edge.findResources('AWS::SSM::Parameter'));
    for (const [id] of hosts) expect(JSON.stringify(parameter)).toContain(id);
  });

  it('lets no function invalidate the API’s distribution', () => {
    const { edge } = templatesOf(vitrineApp());

    for (const type of ['AWS::IAM::RolePolicy', 'AWS::IAM::Policy']) {
      expect(JSON.stringify(edge.findResources(type))).not.toContain('ApiCdn');
    }
  });
});
