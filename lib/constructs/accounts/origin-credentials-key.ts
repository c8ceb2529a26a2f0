import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { ORIGIN_ROLE_PREFIX } from '../../../lambda/contract/origin-role.ts';
import { WEBHOOK_CONTEXT } from '../../../lambda/contract/webhooks.ts';
import { accountKeyPolicy } from './account-key-policy.ts';

export interface OriginCredentialsKeyProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
}

/**
 * The key of origins' credentials and of webhooks' secrets, in the home region beside the accounts table; functions of other regions call it
 * there. Whoever takes credentials in can only encrypt, whoever reads from origins or sends to webhooks can only decrypt: the
 * API cannot give out what it was given.
 */
export class OriginCredentialsKey extends Construct {
  readonly #key: Key;

  constructor(scope: Construct, id: string, { deployment }: OriginCredentialsKeyProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Credentials of the origins of Vitrine',
      alias: `alias/${deployment}-origin-credentials`,
      enableKeyRotation: true,
      policy: accountKeyPolicy(),
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

  /** Lets a function decrypt the secrets of webhooks, and no origin's credentials. */
  grantOpenWebhooks(fn: LambdaFunction): void {
    this.#grant(fn, 'kms:Decrypt', { Null: { [`kms:EncryptionContext:${WEBHOOK_CONTEXT}`]: 'false' } });
  }

  #grant(fn: LambdaFunction, action: string, conditions?: Record<string, Record<string, unknown>>): void {
    const { keyArn } = this.#key;
    Grant.addToPrincipal({
      grantee: fn,
      actions: [action],
      resourceArns: [keyArn],
      ...(conditions && { conditions }),
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.originCredentialsKey, keyArn);
  }
}
