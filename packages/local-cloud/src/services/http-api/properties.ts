import { NO_METRICS, TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** Host name of an HTTP API, of the form that API Gateway gives. */
export const httpApiHost = (apiId: string, region: string): string => `${apiId}.execute-api.${region}.amazonaws.com`;

/** What the local cloud does with the resource types of an HTTP API. */
export const HTTP_API_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::ApiGatewayV2::Api',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { ApiEndpoint: `https://${httpApiHost(name, region)}` },
    }),
    properties: {
      CorsConfiguration: {
        object: {
          AllowCredentials: 'run',
          AllowHeaders: 'run',
          AllowMethods: 'run',
          AllowOrigins: 'run',
          ExposeHeaders: 'run',
          MaxAge: 'run',
        },
      },
      Description: TEXT_FOR_PEOPLE,
      DisableExecuteApiEndpoint: { ignored: 'The API has one address on this machine.' },
      Name: TEXT_FOR_PEOPLE,
      ProtocolType: { only: ['HTTP'] },
      Tags: TEXT_FOR_PEOPLE,
    },
  },
  {
    class: 'run',
    type: 'AWS::ApiGatewayV2::Integration',
    properties: {
      ApiId: 'run',
      Description: TEXT_FOR_PEOPLE,
      IntegrationMethod: { only: ['POST'] },
      IntegrationType: { only: ['AWS_PROXY'] },
      IntegrationUri: 'run',
      PayloadFormatVersion: { only: ['2.0'] },
    },
  },
  {
    class: 'run',
    type: 'AWS::ApiGatewayV2::Route',
    properties: {
      ApiId: 'run',
      AuthorizationType: { only: ['NONE'] },
      RouteKey: 'run',
      Target: 'run',
    },
  },
  {
    class: 'run',
    type: 'AWS::ApiGatewayV2::Stage',
    properties: {
      AccessLogSettings: { ignored: 'There is no access log on this machine.' },
      ApiId: 'run',
      AutoDeploy: { only: [true] },
      DefaultRouteSettings: {
        object: {
          DetailedMetricsEnabled: NO_METRICS,
          ThrottlingBurstLimit: 'run',
          ThrottlingRateLimit: 'run',
        },
      },
      Description: TEXT_FOR_PEOPLE,
      RouteSettings: 'run',
      StageName: { only: ['$default'] },
      Tags: TEXT_FOR_PEOPLE,
    },
  },
];
