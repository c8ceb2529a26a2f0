import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Code, ILayerVersion, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EmbeddedFields } from '../../../lambda/contract/embedded-fields.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { MEDIA_PREFIX, UPLOADS_PREFIX } from '../../../lambda/contract/object-keys.ts';
import type { TypePolicy } from '../../../lambda/contract/type-policies.ts';
import { DEFAULT_TYPE_POLICY } from '../../../lambda/contract/type-policies.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { EdgeCallers } from '../edge/edge-callers.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import type { VariantsBucket } from '../storage/variants-bucket.ts';

const TIMEOUT_SECONDS = 30;

/** A picture of `LIMITS.sourceBytes` is read and tried. */
const MEMORY_MEGABYTES = 1280;

export interface UploadIngestProps {
  readonly code: Code;
  readonly sharpLayer: ILayerVersion;
  readonly originals: OriginalsBucket;
  readonly variants: VariantsBucket;
  readonly library: LibraryTable;
  readonly audit: AuditTable;
  readonly accounts: AccountsTable;
  readonly edgeCallers: EdgeCallers;
  /** What happens to uploads that are not what their sender declared. */
  readonly declaredTypes: TypePolicy;
  /** Details of new pictures that are taken from what is embedded in them. */
  readonly embeddedFields: EmbeddedFields;
}

/**
 * Completes uploads whose caller died between bytes and transaction, told by S3 that the bytes are there, and notes what the bytes
 * of all uploads show. A file that came in parts or by a form is examined here. Lambda tries a failed event twice more, within six hours; there
 * is no queue of what failed after that, because the upload's intent stays in the library and says the same.
 */
export class UploadIngest extends Construct {
  readonly fn: LambdaFunction;
  constructor(scope: Construct, id: string, props: UploadIngestProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Ingest', {
      description: 'Completes and describes uploads after their bytes arrived',
      code: props.code,
      sharpLayer: props.sharpLayer,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    this.fn = fn;
    props.originals.grantRead(fn);
    props.originals.grantErase(fn);
    props.originals.grantKeepForms(fn);
    props.variants.grantPurge(fn);
    props.library.grantReadWrite(fn);
    props.audit.grantAppend(fn);
    props.accounts.grantRead(fn);
    props.edgeCallers.add('Uploads', fn, ['invalidate']);
    if (props.declaredTypes !== DEFAULT_TYPE_POLICY) fn.addEnvironment(ENVIRONMENT.typePolicy, props.declaredTypes);
    if (Object.keys(props.embeddedFields).length > 0) {
      fn.addEnvironment(ENVIRONMENT.embeddedFields, JSON.stringify(props.embeddedFields));
    }
    new Rule(this, 'BytesArrived', {
      description: 'An original was stored, or what a form brought',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [props.originals.bucket.bucketName] },
          object: { key: [{ prefix: MEDIA_PREFIX }, { prefix: UPLOADS_PREFIX }] },
        },
      },
      targets: [new FunctionTarget(fn)],
    });
  }
}
