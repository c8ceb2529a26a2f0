import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CodeSource } from '../bundling/code-source.ts';
import type { VitrineConfig } from '../config/config.ts';
import type { OriginCredentialsKey } from '../constructs/accounts/origin-credentials-key.ts';
import type { People } from '../constructs/accounts/people.ts';
import type { SealKey } from '../constructs/audit/seal-key.ts';
import { EdgeCallers } from '../constructs/edge/edge-callers.ts';
import type { AuditTable } from '../constructs/storage/audit-table.ts';
import { followLibrary, ingestUploads, runEveryMinute } from './region/after-calls.ts';
import { makeApi, makeWebhooks, publishToEdge, receiveUploads } from './region/api.ts';
import { boundSpending, makeDrawingLayers, makeTransformer } from './region/delivery.ts';
import { shareKeys } from './region/deployment-keys.ts';
import { backUp, emptyWithStack, proveLog } from './region/kept-data.ts';
import { answerForOthers, watchOthers } from './region/other-regions.ts';
import { API_HOST_OUTPUT, ORIGINALS_BUCKET_OUTPUT, TRANSFORMER_HOST_OUTPUT } from './region/region-outputs.ts';
import type { HomeRegion, RegionScope } from './region/region-scope.ts';
import { makeStores } from './region/stores.ts';
import { mailDaily, watch } from './region/telling-people.ts';

export interface RegionStackProps extends StackProps {
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** @default this stack is the home region's */
  readonly home?: RegionStack;
}

/** A region's data island: originals, variants, library, transformer and API. Its parts are in `region/`. */
export class RegionStack extends Stack implements HomeRegion {
  /** The home region's, in every region. */
  readonly originKey: OriginCredentialsKey;
  /** The home region's, in every region. @default nobody signs in */
  readonly people: People | undefined;
  /** The home region's, in every region. @default no seals: the profile small has no key for them */
  readonly sealKey: SealKey | undefined;
  /** Events of this region. */
  readonly audit: AuditTable;
  /** Whom the edge stack gives rights. */
  readonly edgeCallers: EdgeCallers;

  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    if (props.home) this.addStackDependency(props.home, 'reads its outputs');
    const region: RegionScope = { stack: this, config: props.config, code: props.code, home: props.home };

    const stores = makeStores(region);
    const keys = shareKeys(region, stores);
    const edgeCallers = new EdgeCallers(this, 'EdgeCallers', { deployment: props.config.name });
    const layers = makeDrawingLayers(region);

    const transformer = makeTransformer(region, stores, keys, layers);
    const webhooks = makeWebhooks(region, stores, keys);
    const api = makeApi(region, stores, keys, { layers, webhooks, edgeCallers });
    const receiver = receiveUploads(region, stores, api);
    const publisher = publishToEdge(region, stores, keys, edgeCallers);

    emptyWithStack(region, stores, { transformer, receiver });
    backUp(region, stores);
    const ingest = ingestUploads(region, stores, layers, edgeCallers);
    const follower = followLibrary(region, stores, webhooks, edgeCallers);
    const copy = proveLog(region, stores, keys);
    mailDaily(region, stores, keys, { edgeCallers, copy });
    const minuteRun = runEveryMinute(region, stores, keys, { edgeCallers, transformer });
    boundSpending(region, stores, { transformer, api });
    answerForOthers(region, stores, keys, layers);
    watchOthers(region, stores, keys, { edgeCallers, api });
    watch(region, stores, { transformer, api, ingest, follower, minuteRun, publisher, webhooks });

    this.originKey = keys.originKey;
    this.people = keys.people;
    this.sealKey = keys.sealKey;
    this.audit = stores.audit;
    this.edgeCallers = edgeCallers;
    new CfnOutput(this, API_HOST_OUTPUT, { value: api.host });
    new CfnOutput(this, TRANSFORMER_HOST_OUTPUT, { value: transformer.host });
    new CfnOutput(this, ORIGINALS_BUCKET_OUTPUT, { value: stores.originals.bucket.bucketName });
    new CfnOutput(this, 'VariantsBucketName', { value: stores.variants.bucket.bucketName });
  }
}
