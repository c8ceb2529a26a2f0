import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { EdgeDescription } from '../../../lambda/contract/edge.ts';
import { edgeParameterName } from '../../../lambda/contract/edge.ts';

export interface EdgeParameterProps extends EdgeDescription {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
}

/**
 * What the edge stack tells the regions. A parameter under a known name, not a reference between stacks: the edge needs
 * the regions' stacks first, so they cannot need it.
 */
export class EdgeParameter extends Construct {
  constructor(scope: Construct, id: string, { deployment, ...edge }: EdgeParameterProps) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName: edgeParameterName(deployment),
      description: 'Distribution and media host of Vitrine, for the functions of its regions',
      stringValue: Stack.of(this).toJsonString(edge),
    });
  }
}
