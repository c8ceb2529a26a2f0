import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { ORIGIN_ROLE_PREFIX } from '../../lambda/contract/origin-role.ts';

export interface OriginCredentialsKeyProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Where the key is, beside the accounts table. Stacks of other regions refer to it by its alias. */
  readonly homeRegion: string;
}

/**
 * The key of origins' credentials. Whoever takes them in can only encrypt, whoever reads from origins can only decrypt:
 * the API cannot give out what it was given.
 */
export class OriginCredentialsKey extends Construct {
  readonly #alias: string;
  readonly #homeRegion: string;
  readonly #key: Key | undefined;

  constructor(scope: Construct, id: string, { deployment, homeRegion }: OriginCredentialsKeyProps) {
    super(scope, id);
    this.#alias = `alias/${deployment}-origin-credentials`;
    this.#homeRegion = homeRegion;
    this.#key = Stack.of(this).region === homeRegion ? this.#make() : undefined;
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

  #make(): Key {
    return new Key(this, 'Key', {
      description: 'Credentials of the origins of Vitrine',
      alias: this.#alias,
      enableKeyRotation: true,
    });
  }

  /** From another region the key's id is not known, its alias is (AWS, "Use aliases to control access to KMS keys"). */
  #grant(fn: LambdaFunction, action: string): void {
    const { account, partition } = Stack.of(this);
    const prefix = `arn:${partition}:kms:${this.#homeRegion}:${account}:`;
    Grant.addToPrincipal({
      grantee: fn,
      actions: [action],
      resourceArns: [this.#key?.keyArn ?? `${prefix}key/*`],
      conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': this.#alias } },
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.originCredentialsKey, `${prefix}${this.#alias}`);
  }
}
