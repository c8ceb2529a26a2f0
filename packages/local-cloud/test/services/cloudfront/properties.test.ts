import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup } from 'aws-cdk-lib/aws-cloudfront-origins';
import { describe, expect, it } from 'vitest';
import { checkProperties } from '../../../src/assembly/property-check.ts';
import { CATALOGUE } from '../../../src/cloud.ts';

type Resource = { readonly Type: string; readonly Properties: Record<string, unknown> };

/** Resources of CloudFront as the CDK writes them. */
function resources(build: (stack: Stack) => void): Resource[] {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1', account: '000000000000' } });
  build(stack);
  const all = Object.values(Template.fromStack(stack).toJSON().Resources) as Resource[];
  return all.filter(({ Type }) => Type.startsWith('AWS::CloudFront::'));
}

function faults({ Type, Properties }: Resource) {
  const spec = CATALOGUE.get(Type);
  if (spec?.class !== 'run') throw new Error(`${Type} is not known`);
  return checkProperties(Properties, spec.properties).faults;
}

const ORIGIN = {
  originPath: '/a',
  customHeaders: { 'x-a': '1' },
  originShieldRegion: 'eu-west-1',
  connectionAttempts: 2,
};

describe('what the CDK writes of a distribution', () => {
  it('is run', () => {
    const found = resources((stack) => {
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: {
          origin: new OriginGroup({
            primaryOrigin: new HttpOrigin('one.example', {
              ...ORIGIN,
              readTimeout: Duration.seconds(20),
              keepaliveTimeout: Duration.seconds(5),
              connectionTimeout: Duration.seconds(2),
            }),
            fallbackOrigin: new HttpOrigin('two.example'),
            fallbackStatusCodes: [404],
          }),
          compress: false,
          cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
          responseHeadersPolicy: new cloudfront.ResponseHeadersPolicy(stack, 'Headers', {
            corsBehavior: {
              accessControlAllowCredentials: true,
              accessControlAllowHeaders: ['x-a'],
              accessControlAllowMethods: ['ALL'],
              accessControlAllowOrigins: ['https://app.example'],
              originOverride: false,
            },
            securityHeadersBehavior: {
              frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: false },
              xssProtection: { protection: true, override: true },
            },
            serverTimingSamplingRate: 5,
          }),
        },
        additionalBehaviors: { '/x/*': { origin: new HttpOrigin('three.example'), compress: false } },
        defaultRootObject: 'index.html',
        errorResponses: [{ httpStatus: 404, ttl: Duration.seconds(3) }],
        geoRestriction: cloudfront.GeoRestriction.denylist('XX'),
        enableIpv6: true,
      });
    });

    expect(found).toHaveLength(2);
    expect(found.flatMap(faults)).toEqual([]);
  });

  it.each<[string, Partial<cloudfront.DistributionProps>]>([
    [
      'CustomErrorResponses.0.ResponsePagePath',
      { errorResponses: [{ httpStatus: 404, responsePagePath: '/404', responseHttpStatus: 404 }] },
    ],
    // CloudFront has no error page for 429.
    ['CustomErrorResponses.0.ErrorCode', { errorResponses: [{ httpStatus: 429, ttl: Duration.seconds(0) }] }],
    ['DefaultCacheBehavior.Compress', {}],
  ])('stops the start where it is not: %s', (path, props) => {
    const found = resources((stack) => {
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin: new HttpOrigin('one.example') },
        ...props,
      });
    });

    expect(found.flatMap(faults)).toContainEqual(expect.objectContaining({ path: `DistributionConfig.${path}` }));
  });

  it('stops the start where an origin group would fail over on 429, which CloudFront does not', () => {
    const found = resources((stack) => {
      const [primaryOrigin, fallbackOrigin] = [new HttpOrigin('one.example'), new HttpOrigin('two.example')];
      const origin = new OriginGroup({ primaryOrigin, fallbackOrigin, fallbackStatusCodes: [403, 429] });
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin, compress: false } });
    });

    expect(found.flatMap(faults)).toContainEqual(
      expect.objectContaining({
        path: 'DistributionConfig.OriginGroups.Items.0.FailoverCriteria.StatusCodes.Items.1',
        fault: expect.stringContaining('has the value 429'),
      }),
    );
  });
});
