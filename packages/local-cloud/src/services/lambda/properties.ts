import { NO_IAM, TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What the local cloud does with Lambda's resource types. */
export const LAMBDA_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::Lambda::Function',
    nameProperty: 'FunctionName',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { Arn: localArn('lambda', region, `function:${name}`) },
    }),
    properties: {
      FunctionName: 'run',
      Description: TEXT_FOR_PEOPLE,
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
      Tags: TEXT_FOR_PEOPLE,
      Timeout: 'run',
      TracingConfig: { ignored: 'There is no X-Ray on this machine.' },
    },
  },
  {
    class: 'run',
    type: 'AWS::Lambda::LayerVersion',
    references: ({ region }, name) => ({ ref: localArn('lambda', region, `layer:${name}:1`), attributes: {} }),
    properties: {
      CompatibleArchitectures: { ignored: "Functions run on this machine's own processor." },
      CompatibleRuntimes: { ignored: 'Functions run on Node 24 here.' },
      Content: {
        object: {
          S3Bucket: { ignored: 'The layer is read from the cloud assembly.' },
          S3Key: { ignored: 'The layer is read from the cloud assembly.' },
        },
      },
      Description: TEXT_FOR_PEOPLE,
      LayerName: TEXT_FOR_PEOPLE,
      LicenseInfo: TEXT_FOR_PEOPLE,
    },
  },
  {
    class: 'run',
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
    class: 'run',
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: 'run',
      MaximumEventAgeInSeconds: { ignored: 'The two repetitions of a failed event are over within seconds.' },
      MaximumRetryAttempts: { only: [2] },
      Qualifier: { only: ['$LATEST'] },
    },
  },
];
