import type { AwsApi, AwsRequest } from './aws-api.ts';
import { ServiceError } from './service-error.ts';

/** One operation: the members of its input to those of its output. */
export type JsonOperation = (input: Readonly<Record<string, unknown>>) => unknown;

export interface JsonApiOptions {
  readonly signingName: string;
  /** What stands before the dot of `x-amz-target`. */
  readonly targetPrefix: string;
  readonly operations: Readonly<Record<string, JsonOperation>>;
}

/** An API that speaks AWS JSON 1.1: the operation in `x-amz-target`, its input as a JSON object. */
export function jsonApi({ signingName, targetPrefix, operations }: JsonApiOptions): AwsApi {
  return {
    signingName,
    errors: 'json',
    takes: (request) => targetOf(request).startsWith(`${targetPrefix}.`),
    answer: async (request) => {
      const name = targetOf(request).slice(targetPrefix.length + 1);
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) throw new ServiceError('UnknownOperationException', `${name} is not known here.`);
      const output = await operation(parse(request.body));
      return { status: 200, contentType: 'application/x-amz-json-1.1', body: JSON.stringify(output) };
    },
  };
}

const targetOf = ({ headers }: AwsRequest): string => String(headers['x-amz-target'] ?? '');

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Answered below.
  }
  throw new ServiceError('SerializationException', 'The request is no JSON object.');
}
