import { Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type { CfnStage, HttpRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code, ILayerVersion, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { EXPOSED_HEADERS } from '../../../lambda/contract/exposed-headers.ts';
import { UPLOAD_PATHS, UPLOAD_V2_PATH } from '../../../lambda/contract/routes.ts';
import type { TypePolicy } from '../../../lambda/contract/type-policies.ts';
import { DEFAULT_TYPE_POLICY } from '../../../lambda/contract/type-policies.ts';
import type { Visibility } from '../../../lambda/contract/visibility.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { CredentialsSecret } from '../accounts/credentials-secret.ts';
import type { OriginCredentialsKey } from '../accounts/origin-credentials-key.ts';
import type { People } from '../accounts/people.ts';
import type { FontsLayer } from '../delivery/fonts-layer.ts';
import type { EdgeCallers } from '../edge/edge-callers.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import type { VariantsBucket } from '../storage/variants-bucket.ts';
import type { DashboardLayer } from './dashboard-layer.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

/** An HTTP API waits 30 seconds (AWS, "Quotas for HTTP APIs"); a function that ends before can still say why. */
const TIMEOUT_SECONDS = 29;

/** For the function and the child process that draws what a question is about (`LIMITS.renderBytes`). */
const MEMORY_MEGABYTES = 1280;

/** Requests in a second, and at once, before the API answers 429. */
const THROTTLE = { rateLimit: 50, burstLimit: 100 };

/** Uploads have a rate of their own, each way, so that they take nothing from other calls. */
const UPLOAD_THROTTLE = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 };

/** No address, no query, no header: keys and people would be in the logs. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  protocol: '$context.protocol',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

export interface LibraryApiProps {
  readonly code: Code;
  readonly sharpLayer: ILayerVersion;
  readonly fonts: FontsLayer;
  readonly dashboard: DashboardLayer;
  readonly originals: OriginalsBucket;
  readonly variants: VariantsBucket;
  readonly library: LibraryTable;
  readonly audit: AuditTable;
  /** The home region's, which tells of changes of the account. */
  readonly homeAudit: AuditTable;
  readonly accounts: AccountsTable;
  readonly originKey: OriginCredentialsKey;
  readonly credentials: CredentialsSecret;
  readonly edgeCallers: EdgeCallers;
  readonly webhooks: WebhookDelivery;
  /** @default nobody signs in */
  readonly people?: People | undefined;
  /** CIDR blocks that an upload by URL or a webhook may reach although they are not public. */
  readonly remoteUploadAllow: readonly string[];
  /** What happens to uploads that are not what their sender declared. */
  readonly declaredTypes: TypePolicy;
  /** Who sees new files. */
  readonly defaultVisibility: Visibility;
}

/** The API that ImageKit's SDKs call: an HTTP API whose every path goes to one function. */
export class LibraryApi extends Construct {
  readonly fn: LambdaFunction;
  /** Host that API Gateway gives; people call the host of the distribution before it (`ApiCdn`). */
  readonly host: string;

  constructor(scope: Construct, id: string, props: LibraryApiProps) {
    super(scope, id);
    this.fn = this.#makeFunction(props);
    const api = this.#makeApi(this.fn);
    this.#makeStage(api, this.#makeUploadRoutes(api, this.fn));
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  #makeFunction(props: LibraryApiProps): LambdaFunction {
    const { fn } = new HandlerFunction(this, 'Answer', {
      description: 'Answers the API',
      code: props.code,
      sharpLayer: props.sharpLayer,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    // What the metadata of a URL describe is the picture with its texts.
    props.fonts.addTo(fn);
    props.dashboard.addTo(fn);
    props.originals.grantReadWrite(fn);
    props.originals.grantParts(fn);
    props.originals.grantForms(fn);
    props.originals.grantKeepForms(fn);
    props.originals.grantErase(fn);
    props.originals.grantZips(fn);
    props.originals.grantForgetFetched(fn);
    props.variants.grantPurge(fn);
    props.library.grantReadWrite(fn);
    props.library.grantSearch(fn);
    props.audit.grantAppend(fn);
    props.homeAudit.grantAppendAtHome(fn);
    props.credentials.grantReadWrite(fn);
    props.accounts.grantReadWrite(fn);
    props.originKey.grantSeal(fn);
    props.webhooks.grantSend(fn);
    props.people?.grantManage(fn);
    // What CloudFront and S3 have counted; CloudWatch knows no resource that the right could be bound to.
    fn.addToRolePolicy(new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
    props.edgeCallers.add('Api', fn, ['publish', 'invalidate']);
    if (props.remoteUploadAllow.length > 0) {
      fn.addEnvironment(ENVIRONMENT.remoteAllow, props.remoteUploadAllow.join(','));
    }
    if (props.defaultVisibility === 'private') fn.addEnvironment(ENVIRONMENT.defaultVisibility, 'private');
    if (props.declaredTypes !== DEFAULT_TYPE_POLICY) fn.addEnvironment(ENVIRONMENT.typePolicy, props.declaredTypes);
    return fn;
  }

  /** Browsers call the API from any page, with a key of their own in the request and never with cookies. */
  #makeApi(fn: LambdaFunction): HttpApi {
    return new HttpApi(this, 'HttpApi', {
      apiName: Stack.of(this).stackName,
      description: 'The Vitrine API',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Integration', fn),
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [
          CorsHttpMethod.GET,
          CorsHttpMethod.POST,
          CorsHttpMethod.PUT,
          CorsHttpMethod.PATCH,
          CorsHttpMethod.DELETE,
          CorsHttpMethod.OPTIONS,
        ],
        // Fetch standard: the wildcard does not cover `authorization`.
        allowHeaders: ['authorization', '*'],
        exposeHeaders: [...EXPOSED_HEADERS],
        maxAge: Duration.days(1),
      },
    });
  }

  /** They lead where every other path leads; a route is what has a rate. */
  #makeUploadRoutes(api: HttpApi, fn: LambdaFunction): readonly HttpRoute[] {
    const integration = new HttpLambdaIntegration('Uploads', fn);
    return [...UPLOAD_PATHS, UPLOAD_V2_PATH].flatMap((path) =>
      api.addRoutes({ path, methods: [HttpMethod.POST], integration }),
    );
  }

  #makeStage(api: HttpApi, uploadRoutes: readonly HttpRoute[]): void {
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(new LogGroup(this, 'AccessLogs')),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
    const routeKeys = [...UPLOAD_PATHS, UPLOAD_V2_PATH].map((path) => `POST ${path}`);
    const resource = stage.node.defaultChild as CfnStage;
    resource.routeSettings = Object.fromEntries(routeKeys.map((key) => [key, UPLOAD_THROTTLE]));
    // A stage with settings for a route that is not there yet is refused.
    stage.node.addDependency(...uploadRoutes);
  }
}
