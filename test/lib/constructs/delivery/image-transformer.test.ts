import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { CredentialsSecret } from '../../../../lib/constructs/accounts/credentials-secret.ts';
import { OriginCredentialsKey } from '../../../../lib/constructs/accounts/origin-credentials-key.ts';
import { FontsLayer } from '../../../../lib/constructs/delivery/fonts-layer.ts';
import { ImageTransformer } from '../../../../lib/constructs/delivery/image-transformer.ts';
import { SharpLayer } from '../../../../lib/constructs/delivery/sharp-layer.ts';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { OriginalsBucket } from '../../../../lib/constructs/storage/originals-bucket.ts';
import { VariantsBucket } from '../../../../lib/constructs/storage/variants-bucket.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function transformerStack(reservedConcurrency?: number): Stack {
  const stack = constructStack();
  const code = fixtureCode();
  new ImageTransformer(stack, 'Transformer', {
    code: code.handler('transform-image'),
    sharpLayer: new SharpLayer(stack, 'Sharp', { code: code.sharpLayer() }).layer,
    fonts: new FontsLayer(stack, 'Fonts', { code: code.fontsLayer() }),
    memoryMegabytes: 1769,
    betterEncoding: 'normal',
    reservedConcurrency,
    originals: new OriginalsBucket(stack, 'Originals'),
    variants: new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 }),
    library: new LibraryTable(stack, 'Library'),
    accounts: new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' }),
    credentials: new CredentialsSecret(stack, 'Credentials'),
    originKey: new OriginCredentialsKey(stack, 'OriginCredentials', { deployment: 'vitrine' }),
    remoteAllow: [],
  });
  return stack;
}

describe('the image transformer', () => {
  it('has one processor, half a minute and the layers with sharp and the fonts', () => {
    const template = Template.fromStack(transformerStack());

    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 1769,
      Timeout: 30,
      Layers: [{ Ref: Match.stringLikeRegexp('^FontsLayer') }, { Ref: Match.stringLikeRegexp('^SharpLayer') }],
      Environment: { Variables: Match.objectLike({ FONTCONFIG_FILE: '/opt/fonts/fonts.conf' }) },
      ReservedConcurrentExecutions: Match.absent(),
    });
    template.hasResourceProperties('AWS::Lambda::LayerVersion', {
      CompatibleArchitectures: ['arm64'],
      CompatibleRuntimes: ['nodejs24.x'],
    });
  });

  it('can be held to a number of transformations at a time', () => {
    Template.fromStack(transformerStack(7)).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 7,
    });
  });

  it('streams from a URL that asks for a signature', () => {
    Template.fromStack(transformerStack()).hasResourceProperties('AWS::Lambda::Url', {
      AuthType: 'AWS_IAM',
      InvokeMode: 'RESPONSE_STREAM',
    });
  });

  it('may be called by the account’s own distributions only, with both rights that a URL asks for', () => {
    const account = { Ref: 'AWS::AccountId' };
    const permissions = Object.values(Template.fromStack(transformerStack()).findResources('AWS::Lambda::Permission'));

    const source = {
      Principal: 'cloudfront.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', ['arn:aws:cloudfront::', account, ':distribution/*']] },
    };
    expect(permissions.map(({ Properties: { FunctionName, ...others } }) => others)).toEqual([
      { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', ...source },
      { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, ...source },
    ]);
  });

  it('reads originals and keeps fetched ones, stores variants, gets items and puts notes, reads the signing keys, decrypts for origins, and knows all names', () => {
    const stack = transformerStack();

    expect(grantedIn(stack).map(({ Action }) => Action)).toEqual([
      's3:GetObject',
      ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      'dynamodb:PutItem',
      ['s3:GetObject', 's3:PutObject'],
      ['dynamodb:GetItem', 'dynamodb:Query'],
      'secretsmanager:GetSecretValue',
      'kms:Decrypt',
      'sts:AssumeRole',
    ]);
    expect(Object.keys(environmentIn(stack)).sort()).toEqual([
      'FONTCONFIG_FILE',
      'MALLOC_ARENA_MAX',
      'VITRINE_ACCOUNTS_REGION',
      'VITRINE_ACCOUNTS_TABLE',
      'VITRINE_CREDENTIALS_SECRET',
      'VITRINE_ENCODING_BUDGET',
      'VITRINE_LIBRARY_TABLE',
      'VITRINE_ORIGINALS_BUCKET',
      'VITRINE_ORIGIN_CREDENTIALS_KEY',
      'VITRINE_VARIANTS_BUCKET',
    ]);
  });
});
