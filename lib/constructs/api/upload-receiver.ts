import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ApplicationLogLevel,
  SystemLogLevel,
  WebFunction,
  WebFunctionAuthType,
  WebFunctionCode,
  WebFunctionRuntime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EDGE_REGION } from '../../../lambda/contract/edge.ts';
import { RECEIVER_ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { originSecretName } from '../../../lambda/contract/streamed-upload.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';

/** The most that a Web Function takes; 5 GB need it on a line of 50 Mbit/s. */
const TIMEOUT = Duration.minutes(15);

/** Each holds three parts of 8 MiB, and what streams hold between them. A Web Function has 2 GB. */
const UPLOADS_PER_ENVIRONMENT = 16;

/** Uploads in a second, as the API takes them (`LibraryApi`). */
const UPLOADS_PER_SECOND = 100;

export interface UploadReceiverProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Folder with the server. */
  readonly code: string;
  readonly originals: OriginalsBucket;
  /** Answers the API: it is asked before a file is received, and makes a file of what was. */
  readonly api: LambdaFunction;
}

/**
 * Receives uploads of any size in one request, which API Gateway and Lambda's events cannot hold. CloudFront could sign what it sends
 * to a Web Function only if the client hashed the body; so its endpoint is open, and a secret header of the distribution is asked for
 * before anything else. It has no key and no table: it may put files below `uploads/`, and ask the API.
 */
export class UploadReceiver extends Construct {
  /** Host of the endpoint. */
  readonly host: string;
  /** What Lambda reads the code from: it takes code from versioned buckets only. */
  readonly codeBucket: Bucket;

  constructor(scope: Construct, id: string, { deployment, code, originals, api }: UploadReceiverProps) {
    super(scope, id);
    const copyLogs = new LogGroup(this, 'CopyLogs');
    const copyRole = new Role(this, 'CopyRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    copyLogs.grantWrite(copyRole);
    const logGroup = new LogGroup(this, 'Logs');
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [api.functionArn] }));
    grantSecret(role, deployment);
    this.codeBucket = new Bucket(this, 'Code', { versioned: true });
    const fn = new WebFunction(this, 'Receive', {
      // Names are unique in an account over all regions.
      webFunctionName: `${deployment}-uploads-${Stack.of(this).region}`,
      revisionDescription: 'Receives large uploads',
      // The cast: its own type says `undefined` where the interface says absent.
      code: WebFunctionCode.fromAssetToProvidedBucket(this.codeBucket as IBucket, code, {
        copyOptions: { role: copyRole, logGroup: copyLogs },
      }),
      runtime: WebFunctionRuntime.NODEJS_24_X,
      role,
      logGroup,
      applicationLogLevel: ApplicationLogLevel.INFO,
      systemLogLevel: SystemLogLevel.INFO,
      timeout: TIMEOUT,
      maxConcurrencyPerEnvironment: UPLOADS_PER_ENVIRONMENT,
      environment: {
        ...originals.grantReceive(role),
        [RECEIVER_ENVIRONMENT.apiFunction]: api.functionName,
        [RECEIVER_ENVIRONMENT.originSecret]: originSecretName(deployment),
      },
      defaultEndpointAuth: WebFunctionAuthType.APPLICATION_MANAGED,
      defaultEndpoint: { rateLimit: UPLOADS_PER_SECOND },
    });
    Validations.of(fn.endpoint).acknowledge({
      id: '@aws-cdk/aws-lambda:webFunctionPublicEndpoint',
      reason: 'The server asks for the secret of the distribution, then for the caller, before it reads a body.',
    });
    this.host = fn.endpoint.domainName;
  }
}

/** The secret is the edge's, which is deployed after its regions: it is known by its name. */
function grantSecret(role: Role, deployment: string): void {
  const secret = Stack.of(role).formatArn({
    service: 'secretsmanager',
    region: EDGE_REGION,
    resource: 'secret',
    // Secrets Manager adds a dash and six characters.
    resourceName: `${originSecretName(deployment)}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret] }));
}
