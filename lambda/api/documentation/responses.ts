import type { ProblemCode } from '../../core/kernel/problems.ts';
import { PROBLEMS } from '../../core/kernel/problems.ts';
import type { AnyOperation } from '../operation.ts';
import type { Json } from './json-schema.ts';
import { jsonSchema } from './json-schema.ts';
import { problemsOf } from './problems-of.ts';

/**
 * What the HTTP API of Amazon API Gateway answers before a call reaches an operation, or when the answer does not reach it
 * (API Gateway, "Quotas for HTTP APIs"): above 10 MB of body, 10,240 bytes of request line and headers, the rate of the
 * stage, or 30 seconds.
 */
const GATEWAY: Readonly<Record<number, string>> = {
  413: 'the body or the answer is above the limit of the gateway',
  429: 'too many calls at once',
  431: 'the request line and the headers have more than 10,240 bytes',
  500: 'the function failed',
  503: 'the function is busy or did not answer within 30 seconds',
};

/** JSON of an error: ours, or the gateway's that has a message alone. */
export const ERROR_SCHEMAS: Json = {
  Problem: {
    type: 'object',
    required: ['message', 'help', 'code'],
    properties: {
      message: { type: 'string', description: 'What is wrong, with the limit or the allowed values.' },
      help: { type: 'string', description: 'Where the code is explained.' },
      code: { type: 'string', enum: Object.keys(PROBLEMS) },
      reason: { type: 'string', description: 'The constant that ImageKit has for it, where it has one.' },
      missingFileIds: { type: 'array', items: { type: 'string' }, description: 'Of calls about several files.' },
    },
  },
  GatewayError: {
    type: 'object',
    required: ['message'],
    properties: { message: { type: ['string', 'null'] } },
    additionalProperties: false,
  },
};

/** Every answer that an operation can give, by status. */
export function responses(operation: AnyOperation): Json {
  const byStatus = Map.groupBy(problemsOf(operation), (code) => PROBLEMS[code].status as number);
  const statuses = new Set([...byStatus.keys(), ...Object.keys(GATEWAY).map(Number)]);
  const errors = [...statuses]
    .sort((a, b) => a - b)
    .map((status) => [String(status), errorObject(byStatus.get(status) ?? [], GATEWAY[status])]);
  const { status, otherStatuses = [] } = operation.answer;
  const successes = [status, ...otherStatuses].map((one) => [String(one), success(operation, one)]);
  return { ...Object.fromEntries(successes), ...Object.fromEntries(errors) };
}

function success({ answer }: AnyOperation, status: number): Json {
  if (status === 204) return { description: 'Done.' };
  const types = [answer.mediaType ?? 'application/json', ...(answer.otherMediaTypes ?? [])];
  const schema = jsonSchema(answer.schema, 'output');
  const description = status === 207 ? 'Done in part; `errors` says what failed.' : 'The answer.';
  const headers = Object.entries(answer.addedHeaders ?? {}).map(([name, meaning]) => [
    name,
    { description: meaning, schema: { type: 'string' } },
  ]);
  return {
    description,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
  };
}

function errorObject(codes: readonly ProblemCode[], gateway: string | undefined): Json {
  const description = [...codes, ...(gateway ? [`of the gateway: ${gateway}`] : [])].join(', ');
  // 431 may come from whatever stands in front and reads HTTP first, with any body or none.
  if (codes.length === 0 && gateway === GATEWAY[431]) return { description };
  const schemas = [...(codes.length > 0 ? ['Problem'] : []), ...(gateway ? ['GatewayError'] : [])];
  const references = schemas.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const schema = references.length === 1 ? references[0] : { anyOf: references };
  return { description, content: { 'application/json': { schema } } };
}
