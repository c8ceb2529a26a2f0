import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const NO_MEANING: PropertySpec = { ignored: 'A text for people; nothing runs by it.' };

/** What the local cloud does with the resource types of an HTTP API. */
export const HTTP_API_RESOURCE_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::ApiGatewayV2::Api',
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
      Description: NO_MEANING,
      DisableExecuteApiEndpoint: { ignored: 'The API has one address on this machine.' },
      Name: NO_MEANING,
      ProtocolType: { only: ['HTTP'] },
      Tags: NO_MEANING,
    },
  },
  {
    type: 'AWS::ApiGatewayV2::Integration',
    properties: {
      ApiId: 'run',
      Description: NO_MEANING,
      IntegrationMethod: { only: ['POST'] },
      IntegrationType: { only: ['AWS_PROXY'] },
      IntegrationUri: 'run',
      PayloadFormatVersion: { only: ['2.0'] },
    },
  },
  {
    type: 'AWS::ApiGatewayV2::Route',
    properties: {
      ApiId: 'run',
      AuthorizationType: { only: ['NONE'] },
      RouteKey: 'run',
      Target: 'run',
    },
  },
  {
    type: 'AWS::ApiGatewayV2::Stage',
    properties: {
      AccessLogSettings: { ignored: 'There is no access log on this machine.' },
      ApiId: 'run',
      AutoDeploy: { only: [true] },
      DefaultRouteSettings: {
        object: {
          DetailedMetricsEnabled: { ignored: 'There are no metrics on this machine.' },
          ThrottlingBurstLimit: 'run',
          ThrottlingRateLimit: 'run',
        },
      },
      Description: NO_MEANING,
      StageName: { only: ['$default'] },
      Tags: NO_MEANING,
    },
  },
];
