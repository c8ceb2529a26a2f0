import { Duration, Stack } from 'aws-cdk-lib';
import type { IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOriginAccessControl, S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { FALLBACK_ORIGIN, TRANSFORMER_ORIGIN, VARIANTS_ORIGIN } from '../../../lambda/contract/edge.ts';
import { variantsBucketName } from '../storage/variants-bucket.ts';

/** Longer than the transformer's own time, so that its answer is the one that counts. */
const TRANSFORMER_READ_TIMEOUT = Duration.seconds(35);

/** A region that is down is given up after six seconds, and not after thirty (CloudFront, "Connection attempts"). */
const CONNECTING = { connectionAttempts: 2, connectionTimeout: Duration.seconds(3) };

/** A region as the media distribution knows it. */
export interface MediaRegion {
  readonly region: string;
  /** Host of the transformer's function URL. */
  readonly transformerHost: string;
  /** Host of the function that renders from other regions' copies. @default there is none */
  readonly fallbackHost?: string | undefined;
}

export interface RegionOriginsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
}

/**
 * Where the media distribution finds what the regions have. All buckets share one origin access control, and all
 * transformers another.
 */
export class RegionOrigins extends Construct {
  readonly #deployment: string;
  readonly #variantsAccess: S3OriginAccessControl;
  readonly #transformerAccess: FunctionUrlOriginAccessControl;

  constructor(scope: Construct, id: string, { deployment }: RegionOriginsProps) {
    super(scope, id);
    this.#deployment = deployment;
    this.#variantsAccess = new S3OriginAccessControl(this, 'VariantsAccess', { description: 'Stored variants' });
    this.#transformerAccess = new FunctionUrlOriginAccessControl(this, 'TransformerAccess', {
      description: 'Transformer',
    });
  }

  /** By name: the bucket's own policy lets the distribution in, from the stack where the bucket is. */
  variants({ region }: MediaRegion): IOrigin {
    const { account } = Stack.of(this);
    const bucket = Bucket.fromBucketAttributes(this, `Variants-${region}`, {
      bucketName: variantsBucketName(this.#deployment, region),
      account,
      region,
    });
    return S3BucketOrigin.withBucketDefaults(bucket, {
      ...CONNECTING,
      originId: VARIANTS_ORIGIN + region,
      originAccessControlId: this.#variantsAccess.originAccessControlId,
    });
  }

  /** By host, not by function: `FunctionUrlOrigin` would put the function's permissions here, and those are regional. */
  transformer({ region, transformerHost }: MediaRegion): IOrigin {
    return this.#function(TRANSFORMER_ORIGIN + region, transformerHost);
  }

  /** What answers in a region for others. */
  fallback({ region, fallbackHost }: MediaRegion): IOrigin[] {
    return fallbackHost === undefined ? [] : [this.#function(FALLBACK_ORIGIN + region, fallbackHost)];
  }

  #function(originId: string, host: string): IOrigin {
    return new HttpOrigin(host, {
      ...CONNECTING,
      originId,
      originAccessControlId: this.#transformerAccess.originAccessControlId,
      readTimeout: TRANSFORMER_READ_TIMEOUT,
    });
  }
}
