import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Code, ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface HandlerFunctionProps {
  readonly description: string;
  /** A folder with `index.mjs`. */
  readonly code: Code;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Decoders of pictures. @default the function decodes none */
  readonly sharpLayer?: ILayerVersion;
  /** @default no own bound */
  readonly reservedConcurrency?: number | undefined;
  /** By which people call it. @default AWS chooses */
  readonly functionName?: string;
  /** By which others let it in. @default AWS chooses */
  readonly roleName?: string;
  /** @default none */
  readonly environment?: Record<string, string>;
}

/**
 * glibc keeps an arena for each thread and gives little of it back, and libvips has many threads (sharp, "Performance"): a
 * function that decodes pictures would grow by a third in hours.
 */
const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' };

/** One Lambda function as all of ours are: Node 24 on arm64, a log group of its own, and the right to write there only. */
export class HandlerFunction extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs');
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      ...(props.roleName && { roleName: props.roleName }),
    });
    logGroup.grantWrite(role);
    this.fn = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      ...(props.sharpLayer && { layers: [props.sharpLayer] }),
      environment: { ...(props.sharpLayer && FEW_ARENAS), ...props.environment },
      ...(props.functionName && { functionName: props.functionName }),
      ...(props.reservedConcurrency && { reservedConcurrentExecutions: props.reservedConcurrency }),
    });
  }
}
