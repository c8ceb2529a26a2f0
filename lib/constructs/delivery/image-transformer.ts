import type { Code, ILayerVersion, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EncodingLevel } from '../../../lambda/contract/encoding-budget.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { encodingBudget } from '../../cost/encoding-budget.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { CredentialsSecret } from '../accounts/credentials-secret.ts';
import type { OriginCredentialsKey } from '../accounts/origin-credentials-key.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import type { VariantsBucket } from '../storage/variants-bucket.ts';
import type { FontsLayer } from './fonts-layer.ts';
import { urlForDistributions } from './url-for-distributions.ts';

/** Longer than a render may take (`LIMITS.renderMilliseconds`), with room for reading and storing. */
const TIMEOUT_SECONDS = 30;

export interface ImageTransformerProps {
  readonly code: Code;
  readonly sharpLayer: ILayerVersion;
  readonly fonts: FontsLayer;
  readonly memoryMegabytes: number;
  /** @default no own bound */
  readonly reservedConcurrency?: number | undefined;
  readonly betterEncoding: EncodingLevel;
  readonly originals: OriginalsBucket;
  readonly variants: VariantsBucket;
  readonly library: LibraryTable;
  readonly accounts: AccountsTable;
  readonly credentials: CredentialsSecret;
  readonly originKey: OriginCredentialsKey;
  /** CIDR blocks that origins may be at although they are not public. */
  readonly remoteAllow: readonly string[];
}

/** The function that makes variants, behind a URL that only the account's distributions may call, signed. */
export class ImageTransformer extends Construct {
  readonly fn: LambdaFunction;
  /** Host of the function's URL. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: ImageTransformerProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Transform', {
      description: 'Transforms images for the media distribution',
      code: props.code,
      sharpLayer: props.sharpLayer,
      memoryMegabytes: props.memoryMegabytes,
      timeoutSeconds: TIMEOUT_SECONDS,
      reservedConcurrency: props.reservedConcurrency,
    });
    this.fn = fn;
    props.fonts.addTo(fn);
    props.originals.grantRead(fn);
    props.variants.grantStore(fn);
    props.library.grantDelivery(fn);
    props.originals.grantKeepFetched(fn);
    props.accounts.grantRead(fn);
    props.credentials.grantRead(fn);
    props.originKey.grantOpen(fn);
    const budget = encodingBudget(props.betterEncoding, props.memoryMegabytes);
    if (budget.level !== 'off') fn.addEnvironment(ENVIRONMENT.encodingBudget, JSON.stringify(budget));
    if (props.remoteAllow.length > 0) fn.addEnvironment(ENVIRONMENT.remoteAllow, props.remoteAllow.join(','));
    this.host = urlForDistributions(this, fn);
  }
}
