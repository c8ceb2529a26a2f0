import { Fn, Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';

/** 40 letters and digits carry 238 bits. */
const PRIVATE_KEY_CHARACTERS = 40;

/** The secret of the home region, as another region's stack knows it. */
export interface HomeSecret {
  readonly arn: string;
  /** What the ARN ends with: the name and six characters of Secrets Manager. */
  readonly ending: string;
}

export interface CredentialsSecretProps {
  /** Regions that have a copy. @default none */
  readonly copies?: readonly string[];
  /** This region has a copy of it. @default the secret is made here */
  readonly home?: HomeSecret;
}

/**
 * The deployment's key pair and further keys that sign URLs, `{"publicKey", "privateKey", "signingKeys"}`. Secrets Manager makes one value of a secret, so the public key,
 * which is no secret, is a constant. ImageKit's SDKs take any string as private key; ours has no `private_` in front,
 * because Secrets Manager cannot put it there. Each further region reads a copy of its own, so that it can sign and check
 * signatures while the home region is away; only the home region's can be changed.
 */
export class CredentialsSecret extends Construct {
  /** ARN of the secret, or of this region's copy. */
  readonly arn: string;
  /** ARN of the secret that can be changed. */
  readonly #homeArn: string;

  constructor(scope: Construct, id: string, { copies = [], home }: CredentialsSecretProps = {}) {
    super(scope, id);
    const { account, partition, region } = Stack.of(this);
    this.#homeArn = home?.arn ?? this.#make(copies);
    this.arn = home ? `arn:${partition}:secretsmanager:${region}:${account}:secret:${home.ending}` : this.#homeArn;
  }

  #make(copies: readonly string[]): string {
    const secret = new Secret(this, 'Secret', {
      description: 'Key pair of the Vitrine API. A new value of privateKey is in use within a minute.',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ publicKey: 'public_vitrine' }),
        generateStringKey: 'privateKey',
        passwordLength: PRIVATE_KEY_CHARACTERS,
        excludePunctuation: true,
      },
      ...(copies.length > 0 && { replicaRegions: copies.map((region) => ({ region })) }),
    });
    return secret.secretArn;
  }

  /** What the secret's ARN ends with, for the stacks of other regions. */
  get ending(): string {
    return Fn.select(6, Fn.split(':', this.#homeArn));
  }

  /** Lets a function read the secret and replace the signing keys in it. */
  grantReadWrite(fn: LambdaFunction): void {
    this.grantRead(fn);
    const actions = ['secretsmanager:PutSecretValue'];
    if (this.#homeArn !== this.arn) actions.push('secretsmanager:GetSecretValue');
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [this.#homeArn] }).assertSuccess();
  }

  /** Lets a function read the key pair. */
  grantRead(fn: LambdaFunction): void {
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.arn],
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.credentialsSecret, this.arn);
  }
}
