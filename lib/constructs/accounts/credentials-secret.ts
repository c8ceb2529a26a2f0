import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';

/** 40 letters and digits carry 238 bits. */
const PRIVATE_KEY_CHARACTERS = 40;

/**
 * The region's key pair and further keys that sign URLs, `{"publicKey", "privateKey", "signingKeys"}`. Secrets Manager makes one value of a secret, so the public key,
 * which is no secret, is a constant. ImageKit's SDKs take any string as private key; ours has no `private_` in front,
 * because Secrets Manager cannot put it there.
 */
export class CredentialsSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Key pair of the Vitrine API. A new value of privateKey is in use within a minute.',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ publicKey: 'public_vitrine' }),
        generateStringKey: 'privateKey',
        passwordLength: PRIVATE_KEY_CHARACTERS,
        excludePunctuation: true,
      },
    });
  }

  /** Lets a function read the secret and replace the signing keys in it. */
  grantReadWrite(fn: LambdaFunction): void {
    this.grantRead(fn);
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['secretsmanager:PutSecretValue'],
      resourceArns: [this.secret.secretArn],
    }).assertSuccess();
  }

  /** Lets a function read the key pair. */
  grantRead(fn: LambdaFunction): void {
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.secret.secretArn],
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.credentialsSecret, this.secret.secretArn);
  }
}
