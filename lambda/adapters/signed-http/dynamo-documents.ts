import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DynamoAction, DynamoCall } from './dynamo-call.lean.ts';
import { dynamoCall } from './dynamo-call.lean.ts';
import { toAttributes, toPlain } from './marshalled.ts';
import type { Environment } from './service-endpoint.lean.ts';
import { requireRegion } from './service-endpoint.lean.ts';
import { AwsCallError } from './signed-fetch.lean.ts';

/** Milliseconds for one attempt. Behind an API call there are 30 s. */
const TIMEOUT = 5_000;

const ACTIONS = [
  [GetCommand, 'GetItem'],
  [QueryCommand, 'Query'],
  [PutCommand, 'PutItem'],
  [DeleteCommand, 'DeleteItem'],
  [BatchGetCommand, 'BatchGetItem'],
  [BatchWriteCommand, 'BatchWriteItem'],
  [TransactWriteCommand, 'TransactWriteItems'],
] as const;

type SentCommand = { readonly input: object };

/** @throws as `DynamoDocuments` does */
export const dynamoDocuments = (environment: Environment): DynamoDBDocumentClient => new DynamoDocuments(environment);

/**
 * The SDK's document client, whose commonest commands go over our own signer and connections: the SDK's middleware takes ten
 * times the processor time of such a call (docs/decisions/0093-hot-calls-without-the-sdk.md). Failures are the SDK's own
 * exceptions; a connection that fails for good is a ConnectionError. Values are strings, numbers, booleans, null, lists and maps.
 */
export class DynamoDocuments extends DynamoDBDocumentClient {
  readonly #call: DynamoCall;

  constructor(environment: Environment) {
    super(new DynamoDBClient({ region: requireRegion(environment) }), {
      marshallOptions: { removeUndefinedValues: true },
    });
    this.#call = dynamoCall(environment, TIMEOUT);
  }

  /** Typed by the SDK's overloads, which no single signature can repeat. */
  override send(...given: never[]): never {
    const [command] = given as unknown as [SentCommand];
    const action = actionOf(command);
    return (
      action === undefined ? Reflect.apply(super.send, this, given) : this.#exchange(action, command.input)
    ) as never;
  }

  async #exchange(action: DynamoAction, input: object): Promise<unknown> {
    try {
      return toPlain(await this.#call(action, toAttributes(input)));
    } catch (error) {
      throw error instanceof AwsCallError ? exceptionOf(error) : error;
    }
  }
}

const actionOf = (command: object): DynamoAction | undefined =>
  ACTIONS.find(([Command]) => command instanceof Command)?.[1];

/** As the SDK would have thrown it. */
function exceptionOf({ awsCode: name, status, message, cancellations }: AwsCallError): DynamoDBServiceException {
  const about = { message, $metadata: { httpStatusCode: status } };
  if (name === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException(about);
  if (name === 'TransactionCanceledException') {
    return new TransactionCanceledException({ ...about, CancellationReasons: cancellations.map((Code) => ({ Code })) });
  }
  return new DynamoDBServiceException({ ...about, name, $fault: status >= 500 ? 'server' : 'client' });
}
