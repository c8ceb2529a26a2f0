import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const NO_IAM: PropertySpec = { ignored: 'Rights are not evaluated on this machine; the template tests hold them.' };
const NO_MEANING: PropertySpec = { ignored: 'A text for people; nothing runs by it.' };

/** What the local cloud does with Lambda's resource types. */
export const LAMBDA_RESOURCE_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::Lambda::Function',
    properties: {
      FunctionName: 'run',
      Description: NO_MEANING,
      Architectures: { ignored: "Functions run on this machine's own processor." },
      Code: {
        object: {
          S3Bucket: { ignored: 'The bundle is taken from the cloud assembly.' },
          S3Key: { ignored: 'The bundle is taken from the cloud assembly.' },
        },
      },
      Environment: { object: { Variables: 'run' } },
      Handler: 'run',
      Layers: {
        ignored:
          "The layers' packages are taken from this machine, where they are built for its processor; other files from the cloud assembly.",
      },
      LoggingConfig: {
        object: {
          ApplicationLogLevel: 'run',
          LogFormat: { only: ['JSON', 'Text'] },
          LogGroup: { ignored: 'All functions write into one log file.' },
          SystemLogLevel: { ignored: 'Lambda writes no log of its own here, except why an invocation failed.' },
        },
      },
      MemorySize: 'run',
      ReservedConcurrentExecutions: 'run',
      Role: NO_IAM,
      Runtime: { only: ['nodejs24.x'] },
      Tags: NO_MEANING,
      Timeout: 'run',
      TracingConfig: { ignored: 'There is no X-Ray on this machine.' },
    },
  },
  {
    type: 'AWS::Lambda::LayerVersion',
    properties: {
      CompatibleArchitectures: { ignored: "Functions run on this machine's own processor." },
      CompatibleRuntimes: { ignored: 'Functions run on Node 24 here.' },
      Content: {
        object: {
          S3Bucket: { ignored: 'The layer is read from the cloud assembly.' },
          S3Key: { ignored: 'The layer is read from the cloud assembly.' },
        },
      },
      Description: NO_MEANING,
      LayerName: NO_MEANING,
      LicenseInfo: NO_MEANING,
    },
  },
  {
    type: 'AWS::Lambda::Permission',
    properties: {
      Action: NO_IAM,
      EventSourceToken: NO_IAM,
      FunctionName: NO_IAM,
      FunctionUrlAuthType: NO_IAM,
      InvokedViaFunctionUrl: NO_IAM,
      Principal: NO_IAM,
      PrincipalOrgID: NO_IAM,
      SourceAccount: NO_IAM,
      SourceArn: NO_IAM,
    },
  },
  {
    type: 'AWS::Lambda::Url',
    properties: {
      AuthType: { only: ['AWS_IAM', 'NONE'] },
      InvokeMode: { only: ['BUFFERED', 'RESPONSE_STREAM'] },
      TargetFunctionArn: 'run',
    },
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: 'run',
      MaximumEventAgeInSeconds: { ignored: 'The two repetitions of a failed event are over within seconds.' },
      MaximumRetryAttempts: { only: [2] },
      Qualifier: { only: ['$LATEST'] },
    },
  },
];
