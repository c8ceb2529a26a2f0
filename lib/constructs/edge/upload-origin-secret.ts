import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ORIGIN_SECRET_HEADER, originSecretName } from '../../../lambda/contract/streamed-upload.ts';

/**
 * What the API's distributions add to requests that they send to the receivers of large uploads, which nobody else may send past
 * the web ACL. It opens no data: behind it, keys are asked for. One for all regions.
 */
export class UploadOriginSecret extends Construct {
  /** To be added by a distribution. */
  readonly headers: Record<string, string>;

  constructor(scope: Construct, id: string, { deployment }: { readonly deployment: string }) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      secretName: originSecretName(deployment),
      description: 'Sent by the API distributions to the receivers of large uploads',
      generateSecretString: { excludePunctuation: true, passwordLength: 40 },
      // Another deployment under the same name makes a new one.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // CloudFront resolves it when it is deployed; the template has a reference.
    this.headers = { [ORIGIN_SECRET_HEADER]: secret.secretValue.unsafeUnwrap() };
  }
}
