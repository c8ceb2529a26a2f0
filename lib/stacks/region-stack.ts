import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CodeSource } from '../bundling/code-source.ts';
import type { VitrineConfig } from '../config/config.ts';
import { AccountsTable } from '../constructs/accounts/accounts-table.ts';
import { BreakGlass } from '../constructs/accounts/break-glass.ts';
import { CredentialsSecret } from '../constructs/accounts/credentials-secret.ts';
import { OriginCredentialsKey } from '../constructs/accounts/origin-credentials-key.ts';
import { People } from '../constructs/accounts/people.ts';
import { DashboardLayer } from '../constructs/api/dashboard-layer.ts';
import { LibraryApi } from '../constructs/api/library-api.ts';
import { LibraryFollower } from '../constructs/api/library-follower.ts';
import { PurgeRun } from '../constructs/api/purge-run.ts';
import { UploadIngest } from '../constructs/api/upload-ingest.ts';
import { WebhookDelivery } from '../constructs/api/webhook-delivery.ts';
import { AuditBucket } from '../constructs/audit/audit-bucket.ts';
import { AuditMirror } from '../constructs/audit/audit-mirror.ts';
import { AuditSeals } from '../constructs/audit/audit-seals.ts';
import { SealKey } from '../constructs/audit/seal-key.ts';
import { FontsLayer } from '../constructs/delivery/fonts-layer.ts';
import { ImageTransformer } from '../constructs/delivery/image-transformer.ts';
import { SharpLayer } from '../constructs/delivery/sharp-layer.ts';
import { EdgeCallers } from '../constructs/edge/edge-callers.ts';
import { EdgeSync } from '../constructs/edge/edge-sync.ts';
import { tellOfAlarms } from '../constructs/insight/alarm-receivers.ts';
import { IslandAlarms } from '../constructs/insight/island-alarms.ts';
import { AuditTable } from '../constructs/storage/audit-table.ts';
import { BucketEmptying } from '../constructs/storage/bucket-emptying.ts';
import { LibraryTable } from '../constructs/storage/library-table.ts';
import { OriginalsBucket } from '../constructs/storage/originals-bucket.ts';
import { VariantsBucket } from '../constructs/storage/variants-bucket.ts';

export interface RegionStackProps extends StackProps {
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** @default this stack is the home region's */
  readonly home?: RegionStack;
}

/** Name of the output with the host of the transformer's function URL. */
export const TRANSFORMER_HOST_OUTPUT = 'TransformerHost';

/** Name of the output with the host of the HTTP API, which the distribution asks. */
export const API_HOST_OUTPUT = 'ApiHost';

/** Name of the output with the ARN of the secret with the API's and the signing keys. */
export const CREDENTIALS_SECRET_OUTPUT = 'CredentialsSecretArn';

/** Name of the output with the name of the bucket in which the audit log is mirrored and sealed. */
export const AUDIT_BUCKET_OUTPUT = 'AuditBucketName';

/** What somebody must look at when it fails. */
interface Watched {
  readonly transformer: ImageTransformer;
  readonly api: LibraryApi;
  readonly ingest: UploadIngest;
  readonly follower: LibraryFollower;
  readonly minuteRun: PurgeRun;
  readonly publisher: EdgeSync | undefined;
  readonly webhooks: WebhookDelivery;
}

/** A region's data island: originals, variants, library, transformer and API. */
export class RegionStack extends Stack {
  /** The home region's, in every region. */
  readonly originKey: OriginCredentialsKey;
  /** The home region's, in every region. @default nobody signs in */
  readonly people: People | undefined;
  /** The home region's, in every region. @default no seals: the profile small has no key for them */
  readonly sealKey: SealKey | undefined;
  /** Whom the edge stack gives rights. */
  readonly edgeCallers: EdgeCallers;

  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    const { config, code } = props;
    const originals = new OriginalsBucket(this, 'Originals');
    const variants = new VariantsBucket(this, 'Variants', { deployment: config.name, days: config.variantDays });
    const library = new LibraryTable(this, 'Library');
    const audit = new AuditTable(this, 'Audit');
    const accounts = new AccountsTable(this, 'Accounts', {
      deployment: config.name,
      homeRegion: config.regions[0],
    });
    this.originKey =
      props.home?.originKey ?? new OriginCredentialsKey(this, 'OriginCredentials', { deployment: config.name });
    this.people = props.home ? props.home.people : this.#makePeople(config, audit);
    this.sealKey = props.home ? props.home.sealKey : this.#makeSealKey(config);
    if (this.people && !props.home)
      new BreakGlass(this, 'BreakGlass', {
        deployment: config.name,
        code: code.handler('break-glass'),
        accounts,
        people: this.people,
      });
    const credentials = new CredentialsSecret(this, 'Credentials');
    this.edgeCallers = new EdgeCallers(this, 'EdgeCallers', { deployment: config.name });
    const { edgeCallers } = this;
    const sharpLayer = new SharpLayer(this, 'Sharp', { code: code.sharpLayer() }).layer;
    const fonts = new FontsLayer(this, 'Fonts', { code: code.fontsLayer() });

    const transformer = new ImageTransformer(this, 'Transformer', {
      code: code.handler('transform-image'),
      sharpLayer,
      fonts,
      ...config.transformer,
      originals,
      variants,
      library,
      accounts,
      credentials,
      originKey: this.originKey,
      remoteAllow: config.remoteUploadAllow,
    });
    const webhooks = new WebhookDelivery(this, 'Webhooks', {
      code: code.handler('deliver-webhooks'),
      accounts,
      originKey: this.originKey,
      remoteAllow: config.remoteUploadAllow,
    });
    const api = new LibraryApi(this, 'Api', {
      code: code.handler('api'),
      dashboard: new DashboardLayer(this, 'Dashboard', { code: code.dashboardLayer() }),
      sharpLayer,
      fonts,
      originals,
      variants,
      library,
      audit,
      accounts,
      originKey: this.originKey,
      credentials,
      edgeCallers,
      webhooks,
      people: this.people,
      remoteUploadAllow: config.remoteUploadAllow,
      declaredTypes: config.declaredTypes,
      defaultVisibility: config.defaultVisibility,
    });
    // The accounts are at home, and one publication is enough.
    const isHome = this.region === config.regions[0];
    const publisher = isHome
      ? new EdgeSync(this, 'EdgeSync', { code: code.handler('sync-edge'), accounts, credentials, edgeCallers })
      : undefined;
    new BucketEmptying(this, 'Emptying', {
      code: code.handler('empty-buckets'),
      buckets: config.retainData ? [variants.bucket] : [variants.bucket, originals.bucket],
      writers: [transformer],
    });
    const data = { originals, variants, library, audit, accounts, edgeCallers };
    const ingest = new UploadIngest(this, 'Uploads', {
      ...data,
      code: code.handler('ingest'),
      sharpLayer,
      declaredTypes: config.declaredTypes,
      embeddedFields: config.embeddedFields,
    });
    const follower = new LibraryFollower(this, 'Follower', {
      code: code.handler('follow-library'),
      ...{ library, accounts, edgeCallers, webhooks },
    });
    this.#proveLog(props, audit);
    const minuteRun = new PurgeRun(this, 'Purges', { code: code.handler('resume-purges'), credentials, ...data });
    this.#watch(config, { transformer, api, ingest, follower, minuteRun, publisher, webhooks });

    new CfnOutput(this, API_HOST_OUTPUT, { value: api.host });
    new CfnOutput(this, TRANSFORMER_HOST_OUTPUT, { value: transformer.host });
    new CfnOutput(this, CREDENTIALS_SECRET_OUTPUT, { value: credentials.secret.secretArn });
    new CfnOutput(this, 'OriginalsBucketName', { value: originals.bucket.bucketName });
    new CfnOutput(this, 'VariantsBucketName', { value: variants.bucket.bucketName });
  }

  #makeSealKey({ name, profile }: VitrineConfig): SealKey | undefined {
    return profile === 'guarded' ? new SealKey(this, 'SealKey', { deployment: name }) : undefined;
  }

  /** A copy of the audit log that nobody can change, and signatures of its ends. */
  #proveLog({ config, code }: RegionStackProps, audit: AuditTable): void {
    const bucket = new AuditBucket(this, 'AuditCopy', { lock: config.auditLock });
    const proof = { deployment: config.name, audit, bucket };
    const hasAlarms = config.profile === 'guarded';
    new AuditMirror(this, 'AuditMirror', { ...proof, code: code.handler('mirror-audit'), hasAlarms });
    if (this.sealKey)
      new AuditSeals(this, 'AuditSeals', { ...proof, code: code.handler('seal-audit'), key: this.sealKey });
    new CfnOutput(this, AUDIT_BUCKET_OUTPUT, { value: bucket.bucket.bucketName });
  }

  #watch({ name, profile, alarms }: VitrineConfig, { webhooks, follower, ...watched }: Watched): void {
    if (profile !== 'guarded') return;
    new IslandAlarms(this, 'Alarms', {
      deployment: name,
      transformer: watched.transformer.fn,
      api: watched.api.fn,
      ingest: watched.ingest.fn,
      follower: follower.fn,
      minuteRun: watched.minuteRun.fn,
      publisher: watched.publisher?.fn,
      webhooks: webhooks.queue,
      givenUp: { webhooks: webhooks.givenUp, follower: follower.givenUp },
    });
    tellOfAlarms(this, name, alarms);
  }

  #makePeople({ name, people }: VitrineConfig, audit: AuditTable): People | undefined {
    return people && new People(this, 'People', { deployment: name, config: people, audit });
  }
}
