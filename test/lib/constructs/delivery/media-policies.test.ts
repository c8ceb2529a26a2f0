import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { MediaPolicies } from '../../../../lib/constructs/delivery/media-policies.ts';
import { constructStack } from '../../construct-stack.ts';

function policies(): Template {
  const stack = constructStack();
  new MediaPolicies(stack, 'Policies');
  return Template.fromStack(stack);
}

describe('the media policies', () => {
  it('cache by the path alone, for a day unless told otherwise', () => {
    policies().hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 86_400,
        MaxTTL: 31_536_000,
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: 'none' },
          CookiesConfig: { CookieBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
          EnableAcceptEncodingGzip: false,
          EnableAcceptEncodingBrotli: false,
        },
      },
    });
  });

  it('send the asked URL and the country to the origin and nothing else of the viewer', () => {
    policies().hasResourceProperties('AWS::CloudFront::OriginRequestPolicy', {
      OriginRequestPolicyConfig: {
        HeadersConfig: {
          HeaderBehavior: 'whitelist',
          Headers: ['x-vitrine-url', 'CloudFront-Viewer-Country', 'CloudFront-Viewer-Address'],
        },
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    });
  });

  it('keep an SVG or HTML original from running anything', () => {
    policies().hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy:
              "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox",
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
      },
    });
  });

  it('let scripts of every origin read media and their timing, without credentials', () => {
    policies().hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CorsConfig: {
          AccessControlAllowCredentials: false,
          AccessControlAllowOrigins: { Items: ['*'] },
          AccessControlAllowMethods: { Items: ['GET', 'HEAD', 'OPTIONS'] },
          OriginOverride: true,
        },
        CustomHeadersConfig: { Items: [{ Header: 'Timing-Allow-Origin', Value: '*', Override: true }] },
        ServerTimingHeadersConfig: { Enabled: true, SamplingRate: 100 },
      },
    });
  });

  it('take cache tags away, and keep what a stored variant says for the viewer-response function', () => {
    const [policy] = Object.values(policies().findResources('AWS::CloudFront::ResponseHeadersPolicy'));

    const removed = policy?.Properties.ResponseHeadersPolicyConfig.RemoveHeadersConfig.Items.map(
      ({ Header }: { Header: string }) => Header,
    );
    expect(removed).toContain('x-amz-request-id');
    expect(removed.filter((name: string) => name.startsWith('x-amz-meta-'))).toEqual(['x-amz-meta-cache-tag']);
  });
});
