import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { HandlerFunction } from '../../lib/constructs/handler-function.ts';
import { propertyDefaults } from '../../lib/property-defaults.ts';
import { projectContext } from '../../lib/vitrine-context.ts';
import { temporaryFolder } from '../temporary-folders.ts';
import { fixtureCode } from './fixture-code.ts';

/** An empty stack with the app's flags and defaults, to put one construct in. */
export function constructStack(): Stack {
  const app = new App({
    context: projectContext(),
    propertyInjectors: propertyDefaults(true),
    outdir: temporaryFolder('assembly'),
    builtinCloudFormationValidation: false,
    treeMetadata: false,
  });
  return new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
}

/** A function that is given rights. */
export function granteeIn(stack: Stack): LambdaFunction {
  return new HandlerFunction(stack, 'Grantee', {
    description: 'Is given rights',
    code: fixtureCode().handler('api'),
    memoryMegabytes: 512,
    timeoutSeconds: 3,
  }).fn;
}

export interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

/** Statements of every policy in a stack's roles; writing its own log, which every function may, is left out. */
export function grantedIn(stack: Stack): Statement[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .flatMap((policy): Statement[] => policy.Properties.PolicyDocument.Statement)
    .filter(({ Action }) => !Action.includes('logs:PutLogEvents'));
}

/** Environment of the one function that has rights. */
export function environmentIn(stack: Stack): Record<string, unknown> {
  const [grantee] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return grantee?.Properties.Environment?.Variables ?? {};
}
