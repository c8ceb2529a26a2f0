import { Aws, CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code, ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { fallbackRoleName, type ReplicaPlace } from '../../../lambda/contract/backup.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { CredentialsSecret } from '../accounts/credentials-secret.ts';
import { READ_COPY, readOfCopy } from '../backup/destination-policy.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import type { FontsLayer } from './fonts-layer.ts';
import { urlForDistributions } from './url-for-distributions.ts';

/** Output of a region's stack with the host of its fallback transformer, where there is one. */
export const FALLBACK_HOST_OUTPUT = 'FallbackHost';

/** As the transformer has it. */
const TIMEOUT_SECONDS = 30;

export interface FallbackTransformerProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  readonly sharpLayer: ILayerVersion;
  readonly fonts: FontsLayer;
  readonly memoryMegabytes: number;
  /** By region, where its copy is. */
  readonly copies: Readonly<Record<string, ReplicaPlace>>;
  /** Of this region: with the snapshot of the settings, for the time that home is away. */
  readonly originals: OriginalsBucket;
  readonly accounts: AccountsTable;
  readonly credentials: CredentialsSecret;
}

/**
 * The function that makes pictures of regions that are down from their copies, behind a URL that only the account's distributions may call,
 * signed. It reads the copies and the settings, and has no right to write anything anywhere.
 */
export class FallbackTransformer extends Construct {
  constructor(scope: Construct, id: string, props: FallbackTransformerProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Transform', {
      description: 'Transforms images of regions that are down, from their copies',
      code: props.code,
      sharpLayer: props.sharpLayer,
      memoryMegabytes: props.memoryMegabytes,
      timeoutSeconds: TIMEOUT_SECONDS,
      roleName: fallbackRoleName(props.deployment, Stack.of(this).region),
      environment: { [ENVIRONMENT.replicas]: JSON.stringify(props.copies) },
    });
    props.fonts.addTo(fn);
    props.accounts.grantRead(fn);
    props.credentials.grantRead(fn);
    props.originals.grantReadSettings(fn);
    for (const { bucket } of Object.values(props.copies)) {
      const arn = `arn:${Aws.PARTITION}:s3:::${bucket}`;
      fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [arn] }));
      fn.addToRolePolicy(new PolicyStatement({ actions: READ_COPY, resources: readOfCopy(arn) }));
    }
    const output = new CfnOutput(this, 'Host', { value: urlForDistributions(this, fn) });
    output.overrideLogicalId(FALLBACK_HOST_OUTPUT);
  }
}
