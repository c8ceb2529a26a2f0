import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { EDGE_REGION, edgeParameterName } from '../../../lambda/contract/edge.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';

/** What a function does at the edge: publish settings and rules, switch a region over, or invalidate what the CDN keeps. */
export type EdgeTask = 'publish' | 'switch' | 'invalidate';

export interface EdgeCaller {
  /** Output of the region's stack with the name of the function's role. */
  readonly roleOutput: string;
  readonly tasks: readonly EdgeTask[];
}

export interface EdgeCallersProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
}

/**
 * The region's functions that work at the edge. Here they may only read the edge parameter. The edge stack gives them
 * the rest (`EdgeRights`), because it alone knows the ids of distribution and store: AWS chooses them, and this stack
 * is there before.
 */
export class EdgeCallers extends Construct {
  readonly #deployment: string;
  readonly #tasks = new Map<string, EdgeTask[]>();

  constructor(scope: Construct, id: string, { deployment }: EdgeCallersProps) {
    super(scope, id);
    this.#deployment = deployment;
  }

  /** @param name of the function within its stack; it makes the name of an output */
  add(name: string, fn: LambdaFunction, tasks: readonly EdgeTask[]): void {
    this.letRead(fn);
    const roleOutput = `${name}Role`;
    new CfnOutput(Stack.of(this), roleOutput, { value: fn.role?.roleName ?? '' });
    this.#tasks.set(roleOutput, [...tasks]);
  }

  /** Lets a function read what the edge is like, and do nothing there. */
  letRead(fn: LambdaFunction): void {
    const { account, partition } = Stack.of(this);
    const parameter = edgeParameterName(this.#deployment);
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['ssm:GetParameter'],
      resourceArns: [`arn:${partition}:ssm:${EDGE_REGION}:${account}:parameter${parameter}`],
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.edgeParameter, parameter);
  }

  get list(): readonly EdgeCaller[] {
    return [...this.#tasks].map(([roleOutput, tasks]) => ({ roleOutput, tasks }));
  }
}
