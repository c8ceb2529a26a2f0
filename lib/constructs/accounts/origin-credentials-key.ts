import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Grant, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { ORIGIN_ROLE_PREFIX } from '../../../lambda/contract/origin-role.ts';

export interface OriginCredentialsKeyProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
}

/** What the account may let its own principals do with the key: use it, and look after it. */
const ACTIONS = [
  'CancelKeyDeletion',
  'CreateAlias',
  'Decrypt',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'Encrypt',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListResourceTags',
  'PutKeyPolicy',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
];

/**
 * The key of origins' credentials, in the home region beside the accounts table; functions of other regions call it
 * there. Whoever takes credentials in can only encrypt, whoever reads from origins can only decrypt: the API cannot give
 * out what it was given.
 */
export class OriginCredentialsKey extends Construct {
  readonly #key: Key;

  constructor(scope: Construct, id: string, { deployment }: OriginCredentialsKeyProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Credentials of the origins of Vitrine',
      alias: `alias/${deployment}-origin-credentials`,
      enableKeyRotation: true,
      policy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            principals: [new AccountRootPrincipal()],
            actions: ACTIONS.map((action) => `kms:${action}`),
            // In a key's policy, the key itself (AWS, "Key policies in AWS KMS").
            resources: ['*'],
          }),
        ],
      }),
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
    const { keyArn } = this.#key;
    Grant.addToPrincipal({ grantee: fn, actions: [action], resourceArns: [keyArn] }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.originCredentialsKey, keyArn);
  }
}
