import type { CfnCustomResource } from 'aws-cdk-lib';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { EDGE_REGION, edgeParameterName } from '../../../lambda/contract/edge.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { AccountsTable } from '../accounts/accounts-table.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { RightsHolder } from './edge-rights.ts';

/** A minute of attempts, and the work. */
const TIMEOUT = Duration.minutes(3);
const MEMORY_MEGABYTES = 512;

export interface FirstPublicationProps {
  readonly code: Code;
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly homeRegion: string;
  /** ARN of the home region's secret with the signing keys. */
  readonly secretArn: string;
  /** ARNs of the secrets by which another CDN is known. @default none is in front */
  readonly cdnSecrets?: readonly string[] | undefined;
}

/**
 * Publishes to the edge as the last step of its deployment. CloudFormation calls a function of the stack's own region, so
 * the function that publishes every minute, which is at home, cannot be it.
 */
export class FirstPublication extends Construct {
  /** As who it works at the edge. */
  readonly holder: RightsHolder;
  readonly #fn: LambdaFunction;
  readonly #cdnSecrets: readonly string[];

  constructor(scope: Construct, id: string, props: FirstPublicationProps) {
    super(scope, id);
    const { code, deployment, homeRegion, secretArn, cdnSecrets = [] } = props;
    this.#cdnSecrets = cdnSecrets;
    const { account, partition } = Stack.of(this);
    const parameter = edgeParameterName(deployment);
    const { fn } = new HandlerFunction(this, 'Publish', {
      description: 'Publishes to the edge as part of its deployment',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT.toSeconds(),
      environment: { [ENVIRONMENT.credentialsSecret]: secretArn, [ENVIRONMENT.edgeParameter]: parameter },
    });
    const accounts = new AccountsTable(this, 'Accounts', { deployment, homeRegion, isElsewhere: true });
    accounts.grantReadAndRecordPublication(fn);
    for (const [action, resource] of [
      ['secretsmanager:GetSecretValue', secretArn],
      ['ssm:GetParameter', `arn:${partition}:ssm:${EDGE_REGION}:${account}:parameter${parameter}`],
      ...cdnSecrets.map((arn) => ['secretsmanager:GetSecretValue', arn] as const),
    ] as const) {
      fn.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    }
    this.#fn = fn;
    this.holder = { id: 'firstpublication', roleName: fn.role?.roleName ?? '', tasks: ['publish'] };
  }

  /**
   * @param edge what is published to: another one is published to anew
   * @param after what must be there before, the function's rights among it
   */
  publish(edge: Readonly<Record<string, string>>, after: readonly IConstruct[]): void {
    const properties = { ...edge, ...(this.#cdnSecrets.length > 0 && { cdnSecrets: this.#cdnSecrets }) };
    const published = new CustomResource(this, 'Published', { serviceToken: this.#fn.functionArn, properties });
    // The construct would write a text where CloudFormation wants a number.
    (published.node.defaultChild as CfnCustomResource).addPropertyOverride('ServiceTimeout', TIMEOUT.toSeconds() + 60);
    published.node.addDependency(...after);
    if (this.#fn.role) published.node.addDependency(this.#fn.role);
  }
}
