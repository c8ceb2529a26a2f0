import type { Environment } from './service-endpoint.lean.ts';
import { dynamoEndpoint } from './service-endpoint.lean.ts';
import { signedFetch } from './signed-fetch.lean.ts';

/** Actions that are called without SDK (AWS, "Amazon DynamoDB API Reference"). */
export type DynamoAction =
  | 'GetItem'
  | 'PutItem'
  | 'DeleteItem'
  | 'Query'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'TransactWriteItems';

/** One call of DynamoDB: input and answer as its JSON has them. @throws AwsCallError, ConnectionError */
export type DynamoCall = (action: DynamoAction, input: object) => Promise<unknown>;

/** @param timeout milliseconds for one attempt */
export function dynamoCall(environment: Environment, timeout: number): DynamoCall {
  const send = signedFetch('dynamodb', environment);
  const url = `${dynamoEndpoint(environment)}/`;
  return (action, input) =>
    send(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${action}` },
        body: JSON.stringify(input),
        timeout,
      },
      async (answer) => JSON.parse(await answer.text()),
    );
}
