import { Fn } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnPermission, FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { distributionsOf } from '../distribution-source.ts';

/**
 * Gives a function a URL that only the account's distributions may call, signed. It streams: a buffered answer ends at 6 MB (AWS,
 * "Configuring a Lambda function to stream responses"). URLs made since October 2025 ask for both rights (AWS, "Control access to
 * Lambda function URLs").
 * @returns host of the URL
 */
export function urlForDistributions(scope: Construct, fn: LambdaFunction): string {
  const { url } = fn.addFunctionUrl({
    authType: FunctionUrlAuthType.AWS_IAM,
    invokeMode: InvokeMode.RESPONSE_STREAM,
  });
  const caller = {
    functionName: fn.functionArn,
    principal: 'cloudfront.amazonaws.com',
    ...distributionsOf(scope),
  };
  new CfnPermission(scope, 'CallUrl', {
    ...caller,
    action: 'lambda:InvokeFunctionUrl',
    functionUrlAuthType: FunctionUrlAuthType.AWS_IAM,
  });
  new CfnPermission(scope, 'InvokeThroughUrl', {
    ...caller,
    action: 'lambda:InvokeFunction',
    invokedViaFunctionUrl: true,
  });
  return Fn.select(2, Fn.split('/', url));
}
