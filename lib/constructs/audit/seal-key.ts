import { Grant } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { accountKeyPolicy } from '../accounts/account-key-policy.ts';

export interface SealKeyProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
}

/**
 * The key that signs seals of the audit log, in the home region; functions of other regions call it there. Nobody has its private
 * half, and anybody can verify what it signed.
 */
export class SealKey extends Construct {
  readonly #key: Key;

  constructor(scope: Construct, id: string, { deployment }: SealKeyProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Seals of the audit log of Vitrine',
      alias: `alias/${deployment}-audit-seals`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      policy: accountKeyPolicy(['GetPublicKey', 'Sign']),
    });
  }

  /** Lets a function sign, and give out the public key. */
  grantSign(fn: LambdaFunction): void {
    const { keyArn } = this.#key;
    const actions = ['kms:GetPublicKey', 'kms:Sign'];
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [keyArn] }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.sealKey, keyArn);
  }
}
