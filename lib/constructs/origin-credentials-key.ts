import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { ORIGIN_ROLE_PREFIX } from '../../lambda/contract/origin-role.ts';

/**
 * The key of origins' credentials. Whoever takes them in can only encrypt, whoever reads from origins can only decrypt:
 * the API cannot give out what it was given.
 */
export class OriginCredentialsKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Credentials of the origins of Vitrine',
      alias: `${Stack.of(this).stackName}/origin-credentials`,
      enableKeyRotation: true,
    });
  }

  /** Lets a function encrypt credentials. */
  grantSeal(fn: LambdaFunction): void {
    this.#grant(fn, 'kms:Encrypt');
  }

  /** Lets a function decrypt credentials, and assume the roles that owners of buckets made for origins. */
  grantOpen(fn: LambdaFunction): void {
    this.#grant(fn, 'kms:Decrypt');
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['sts:AssumeRole'],
      resourceArns: [`arn:${Stack.of(fn).partition}:iam::*:role/${ORIGIN_ROLE_PREFIX}*`],
    }).assertSuccess();
  }

  #grant(fn: LambdaFunction, action: string): void {
    Grant.addToPrincipal({ grantee: fn, actions: [action], resourceArns: [this.key.keyArn] }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.originCredentialsKey, this.key.keyArn);
  }
}
