import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { cdnSecretName } from '../../../lambda/contract/cdn-in-front.ts';

export interface CdnSecretsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly names: readonly string[];
}

/**
 * What another CDN shows with each request, so that its word about viewers is taken. One that is left out of the configuration
 * is good no more and is deleted.
 */
export class CdnSecrets extends Construct {
  readonly arns: readonly string[];
  /** To be resolved by CloudFormation: the template has references. */
  readonly references: readonly string[];

  constructor(scope: Construct, id: string, { deployment, names }: CdnSecretsProps) {
    super(scope, id);
    const secrets = names.map(
      (name) =>
        new Secret(this, name, {
          secretName: cdnSecretName(deployment, name),
          description: 'Sent by the CDN in front of the media distribution',
          generateSecretString: { excludePunctuation: true, passwordLength: 48 },
          // Another deployment under the same name makes a new one.
          removalPolicy: RemovalPolicy.DESTROY,
        }),
    );
    this.arns = secrets.map(({ secretArn }) => secretArn);
    this.references = secrets.map(({ secretValue }) => secretValue.unsafeUnwrap());
  }
}
