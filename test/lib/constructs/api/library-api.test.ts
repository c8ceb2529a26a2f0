import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { TypePolicy } from '../../../../lambda/contract/type-policies.ts';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { CredentialsSecret } from '../../../../lib/constructs/accounts/credentials-secret.ts';
import { OriginCredentialsKey } from '../../../../lib/constructs/accounts/origin-credentials-key.ts';
import { DashboardLayer } from '../../../../lib/constructs/api/dashboard-layer.ts';
import { LibraryApi } from '../../../../lib/constructs/api/library-api.ts';
import { FontsLayer } from '../../../../lib/constructs/delivery/fonts-layer.ts';
import { SharpLayer } from '../../../../lib/constructs/delivery/sharp-layer.ts';
import { EdgeCallers } from '../../../../lib/constructs/edge/edge-callers.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { OriginalsBucket } from '../../../../lib/constructs/storage/originals-bucket.ts';
import { VariantsBucket } from '../../../../lib/constructs/storage/variants-bucket.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';
import { webhooksElsewhere } from '../../webhooks-elsewhere.ts';

function apiStack(remoteUploadAllow: string[] = [], declaredTypes: TypePolicy = 'correct'): Stack {
  const stack = constructStack();
  const code = fixtureCode();
  const audit = new AuditTable(stack, 'Audit');
  new LibraryApi(stack, 'Api', {
    code: code.handler('api'),
    sharpLayer: new SharpLayer(stack, 'Sharp', { code: code.sharpLayer() }).layer,
    dashboard: new DashboardLayer(stack, 'Dashboard', { code: code.dashboardLayer() }),
    fonts: new FontsLayer(stack, 'Fonts', { code: code.fontsLayer() }),
    originals: new OriginalsBucket(stack, 'Originals'),
    variants: new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 }),
    library: new LibraryTable(stack, 'Library'),
    audit,
    homeAudit: audit,
    accounts: new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' }),
    edgeCallers: new EdgeCallers(stack, 'EdgeCallers', { deployment: 'vitrine' }),
    originKey: new OriginCredentialsKey(stack, 'OriginCredentials', { deployment: 'vitrine' }),
    credentials: new CredentialsSecret(stack, 'Credentials'),
    webhooks: webhooksElsewhere(stack),
    remoteUploadAllow,
    declaredTypes,
    defaultVisibility: 'private',
  });
  return stack;
}

describe('the library API', () => {
  it('sends every path to one function, which ends before the API gives up', () => {
    const template = Template.fromStack(apiStack());

    // Of the routes, three have a rate of their own.
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 4);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$default' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 29, MemorySize: 1280 });
  });

  it('may be called by scripts of every page, with a key and without cookies', () => {
    Template.fromStack(apiStack()).hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: {
        AllowOrigins: ['*'],
        AllowHeaders: ['authorization', '*'],
        AllowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        ExposeHeaders: Match.arrayWith(['x-request-id', 'x-ik-requestid', 'x-ratelimit-limit']),
        AllowCredentials: Match.absent(),
      },
    });
  });

  it('is throttled', () => {
    Template.fromStack(apiStack()).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
  });

  it('has a rate for uploads that takes nothing from other calls', () => {
    const template = Template.fromStack(apiStack());
    const own = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 };

    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const routes = Object.keys(template.findResources('AWS::ApiGatewayV2::Route')).filter((id) => /POST/.test(id));
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(routes));
    template.hasResource('AWS::ApiGatewayV2::Stage', {
      Properties: {
        RouteSettings: {
          'POST /api/v1/files/upload': own,
          'POST /v1/files/upload': own,
          'POST /api/v2/files/upload': own,
        },
      },
    });
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 4);
  });

  it('logs every request without address, query or header', () => {
    const [stage] = Object.values(Template.fromStack(apiStack()).findResources('AWS::ApiGatewayV2::Stage'));

    const fields = Object.values(JSON.parse(stage?.Properties.AccessLogSettings.Format));
    expect(fields).toContain('$context.status');
    expect(fields.filter((field) => /identity|authorizer|querystring|header/i.test(String(field)))).toEqual([]);
  });

  it('has the rights of an upload that may replace, and no others', () => {
    expect(grantedIn(apiStack()).flatMap(({ Action }) => Action)).toEqual([
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetObject',
      's3:ListMultipartUploadParts',
      's3:PutObject',
      's3:DeleteObject',
      's3:GetObject',
      's3:PutObject',
      's3:ListBucketVersions',
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObject',
      's3:ListBucket',
      's3:ListBucket',
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kms:Encrypt',
      'sqs:SendMessage',
      'cloudwatch:GetMetricData',
      'ssm:GetParameter',
    ]);
  });

  it('knows everything that its handler asks for', () => {
    expect(Object.keys(environmentIn(apiStack())).sort()).toEqual([
      'FONTCONFIG_FILE',
      'MALLOC_ARENA_MAX',
      'VITRINE_ACCOUNTS_REGION',
      'VITRINE_ACCOUNTS_TABLE',
      'VITRINE_AUDIT_TABLE',
      'VITRINE_CREDENTIALS_SECRET',
      'VITRINE_DASHBOARD',
      'VITRINE_DEFAULT_VISIBILITY',
      'VITRINE_EDGE_PARAMETER',
      'VITRINE_HOME_AUDIT_TABLE',
      'VITRINE_LIBRARY_TABLE',
      'VITRINE_ORIGINALS_BUCKET',
      'VITRINE_ORIGIN_CREDENTIALS_KEY',
      'VITRINE_VARIANTS_BUCKET',
      'VITRINE_WEBHOOK_QUEUE',
    ]);
  });

  it('passes on what an upload by URL may reach', () => {
    expect(environmentIn(apiStack(['10.0.0.0/8', 'fd00::/8']))).toMatchObject({
      VITRINE_REMOTE_ALLOW: '10.0.0.0/8,fd00::/8',
    });
  });

  it('passes on what happens to files that are not what they were declared as', () => {
    expect(environmentIn(apiStack([], 'refuse'))).toMatchObject({ VITRINE_TYPE_POLICY: 'refuse' });
  });
});
