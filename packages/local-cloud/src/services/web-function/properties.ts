import { createHash } from 'node:crypto';
import { NO_IAM, TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';

const COPIED: PropertySpec = { ignored: 'The bundle is taken from the cloud assembly.' };

const LOGGING: PropertySpec = {
  object: {
    ApplicationLogLevel: { ignored: 'Everything that a server writes is logged.' },
    LogGroup: { ignored: 'All functions write into one log file.' },
    SystemLogLevel: { ignored: 'Lambda writes no log of its own here, except what a request took.' },
  },
};

/** What is run of Lambda Web Functions: one revision, one open endpoint in its own region. */
export const WEB_FUNCTION_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::Lambda::WebFunction',
    nameProperty: 'FunctionName',
    references: ({ region }, name) => {
      const arn = localArn('lambda', region, `web-function/${name}`);
      return { ref: arn, attributes: { FunctionArn: arn } };
    },
    properties: { FunctionName: 'run', Tags: TEXT_FOR_PEOPLE },
  },
  {
    class: 'run',
    type: 'AWS::Lambda::WebFunctionRevision',
    references: (_, name) => ({ ref: name, attributes: { RevisionId: name } }),
    properties: {
      BuildConfig: {
        object: {
          CodeConfig: { object: { S3Object: { object: { Bucket: COPIED, Key: 'run', VersionId: COPIED } } } },
          RuntimeConfig: { object: { Runtime: { only: ['nodejs24.x'] } } },
        },
      },
      Description: TEXT_FOR_PEOPLE,
      FunctionName: 'run',
      ServiceConfig: {
        object: {
          EnvironmentVariables: 'run',
          ExecutionRoleArn: NO_IAM,
          MaxConcurrencyPerEnvironment: 'run',
          TelemetryConfig: { object: { LoggingConfig: LOGGING } },
          TimeoutSeconds: 'run',
        },
      },
    },
  },
  {
    class: 'run',
    type: 'AWS::Lambda::WebFunctionEndpoint',
    references: (_, name) => ({ ref: name, attributes: { DomainName: endpointHost(name) } }),
    properties: {
      AuthType: { only: ['ApplicationManaged'] },
      Description: TEXT_FOR_PEOPLE,
      EndpointName: TEXT_FOR_PEOPLE,
      EndpointType: { only: ['HomeRegion'] },
      FunctionName: 'run',
      RevisionWeights: { list: { object: { RevisionId: 'run', Weight: { only: [100] } } } },
      ThrottleConfig: { object: { RateLimit: { ignored: 'A machine has fewer callers than the limit allows.' } } },
    },
  },
  {
    class: 'run',
    type: 'Custom::S3ObjectCopy',
    references: (_, name) => ({
      ref: name,
      attributes: { Bucket: `${name}-bucket`, Key: `${name}.zip`, VersionId: `${name}-1` },
    }),
    properties: {
      Configuration: COPIED,
      ContentHash: COPIED,
      DestinationBucketName: COPIED,
      DestinationKeyPrefix: COPIED,
      ServiceToken: { ignored: 'CloudFormation calls its function when a stack is made or changed.' },
      SourceBucketName: COPIED,
      SourceObjectKey: 'run',
    },
  },
];

/** Host name of an endpoint, of the form that Lambda gives. */
function endpointHost(name: string): string {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 26);
  return `${id}.lambda-web.local`;
}
