import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

const { region, edge } = templatesOf(vitrineApp({ vitrine: { largeUploads: 'web' } }));

describe('the receiver of large uploads', () => {
  it('is a server under a name of its region, whose open endpoint is bounded', () => {
    region.hasResourceProperties('AWS::Lambda::WebFunction', { FunctionName: 'vitrine-uploads-eu-west-1' });
    region.hasResourceProperties('AWS::Lambda::WebFunctionRevision', {
      BuildConfig: { RuntimeConfig: { Runtime: 'nodejs24.x' } },
      ServiceConfig: {
        EnvironmentVariables: {
          VITRINE_API_FUNCTION: Match.anyValue(),
          VITRINE_ORIGIN_SECRET: 'vitrine-large-uploads',
          VITRINE_ORIGINALS_BUCKET: Match.anyValue(),
        },
        TimeoutSeconds: 900,
      },
    });
    region.hasResourceProperties('AWS::Lambda::WebFunctionEndpoint', {
      AuthType: 'ApplicationManaged',
      EndpointType: 'HomeRegion',
      ThrottleConfig: { RateLimit: 100 },
    });
  });

  it('may put and remove what is in flight, ask the API and read its secret, and nothing else', () => {
    const [, policy] =
      Object.entries(region.findResources('AWS::IAM::Policy')).find(([id]) => id.startsWith('LargeUploadsRole')) ?? [];
    const statements: { Action: string | string[]; Resource: unknown }[] = policy?.Properties.PolicyDocument.Statement;
    const actions = statements.flatMap(({ Action }) => Action).sort();

    expect(actions).toEqual([
      'lambda:InvokeFunction',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:PutObject',
      'secretsmanager:GetSecretValue',
    ]);
    expect(JSON.stringify(statements)).toContain('/uploads/*');
    expect(JSON.stringify(statements)).toContain('secret:vitrine-large-uploads-??????');
  });

  it('gets the uploads of the API from its distribution, with the secret, which no template has', () => {
    edge.hasResourceProperties('AWS::SecretsManager::Secret', { Name: 'vitrine-large-uploads' });
    edge.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: Match.arrayWith(
          ['/api/v1/files/upload', '/v1/files/upload', '/api/v2/files/upload'].map((PathPattern) =>
            Match.objectLike({ PathPattern, TargetOriginId: 'upload', AllowedMethods: Match.arrayWith(['POST']) }),
          ),
        ),
        Origins: Match.arrayWith([
          Match.objectLike({
            Id: 'upload',
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 120 },
            OriginCustomHeaders: [
              {
                HeaderName: 'x-vitrine-origin',
                HeaderValue: {
                  'Fn::Join': ['', ['{{resolve:secretsmanager:', Match.anyValue(), ':SecretString:::}}']],
                },
              },
            ],
          }),
        ]),
      },
    });
  });

  it('is not there, nor anything that it needs, unless the owner asks for it', () => {
    const off = templatesOf(vitrineApp());

    off.region.resourceCountIs('AWS::Lambda::WebFunction', 0);
    expect(JSON.stringify(off.edge.toJSON())).not.toContain('large-uploads');
  });
});
