import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { EdgeDescription } from '../../../lambda/contract/edge.ts';
import { EDGE_PARAMETER, EDGE_REGION } from '../../../lambda/contract/edge.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { distributionsOf } from '../distribution-source.ts';

/**
 * What the edge stack tells the regions. A parameter under a known name, not a reference between stacks: the edge needs
 * the regions' stacks first, so they cannot need it.
 */
export class EdgeParameter extends Construct {
  constructor(scope: Construct, id: string, edge: EdgeDescription) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName: EDGE_PARAMETER,
      description: 'Distribution and media host of Vitrine, for the functions of its regions',
      stringValue: Stack.of(this).toJsonString(edge),
    });
  }
}

/** Lets a function know what the edge stack tells. */
export function grantEdgeParameter(fn: LambdaFunction): void {
  const { account, partition } = Stack.of(fn);
  Grant.addToPrincipal({
    grantee: fn,
    actions: ['ssm:GetParameter'],
    resourceArns: [`arn:${partition}:ssm:${EDGE_REGION}:${account}:parameter${EDGE_PARAMETER}`],
  }).assertSuccess();
  fn.addEnvironment(ENVIRONMENT.edgeParameter, EDGE_PARAMETER);
}

/** Lets a function find the distribution, invalidate its paths and see when that is done. */
export function grantEdge(fn: LambdaFunction): void {
  grantEdgeParameter(fn);
  Grant.addToPrincipal({
    grantee: fn,
    actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
    resourceArns: [distributionsOf(fn).sourceArn],
  }).assertSuccess();
}
