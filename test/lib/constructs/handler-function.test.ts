import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SharpLayer } from '../../../lib/constructs/delivery/sharp-layer.ts';
import { HandlerFunction } from '../../../lib/constructs/handler-function.ts';
import { constructStack, granteeIn } from '../construct-stack.ts';
import { fixtureCode } from '../fixture-code.ts';

describe('a handler function', () => {
  it('runs Node 24 on arm64 and logs JSON', () => {
    const stack = constructStack();
    granteeIn(stack);

    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' },
    });
  });

  it('logs to a group of its own for 90 days, and may write nowhere else', () => {
    const stack = constructStack();
    granteeIn(stack);

    const template = Template.fromStack(stack);
    const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 } }));
    template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: group } } });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [group, 'Arn'] } },
        ],
      },
    });
    const [role] = Object.values(template.findResources('AWS::IAM::Role'));
    expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('keeps memory in two arenas when it decodes pictures', () => {
    const stack = constructStack();
    const code = fixtureCode();
    const { layer } = new SharpLayer(stack, 'Sharp', { code: code.sharpLayer() });
    new HandlerFunction(stack, 'Decoding', {
      description: 'Decodes pictures',
      code: code.handler('api'),
      sharpLayer: layer,
      memoryMegabytes: 512,
      timeoutSeconds: 5,
    });

    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Layers: [stack.resolve(layer.layerVersionArn)],
      Environment: { Variables: { MALLOC_ARENA_MAX: '2' } },
    });
  });
});
