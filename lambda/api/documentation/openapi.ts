import { z } from 'zod';
import type { ProblemCode } from '../../core/kernel/problems.ts';
import { PROBLEMS } from '../../core/kernel/problems.ts';
import type { AnyOperation, Method } from '../operation.ts';
import { problemsOf } from './problems-of.ts';

/** JSON, as OpenAPI 3.1 has it. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * The OpenAPI 3.1 document of operations (OpenAPI Specification 3.1.1): schemas are JSON Schema as zod writes it, every path
 * and method of an operation is there.
 */
export function openApiDocument(operations: readonly AnyOperation[]): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vitrine API',
      version: '1',
      description:
        'The media library and the settings of one deployment. Paths and shapes are those of ImageKit’s API where it has them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ resource }) => resource))].map((name) => ({ name })),
    paths: pathItems(operations),
    components: {
      securitySchemes: {
        privateKey: {
          type: 'http',
          scheme: 'basic',
          description: 'The private key is the user name; the password is ignored.',
        },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}

function pathItems(operations: readonly AnyOperation[]): Json {
  const calls = operations.flatMap((operation) =>
    operation.paths.flatMap((path) =>
      operation.methods.map((method) => ({
        path: path.replace(/:(\w+)/g, '{$1}'),
        method: method.toLowerCase(),
        described: operationObject(operation, method, path),
      })),
    ),
  );
  const byPath = [...Map.groupBy(calls, ({ path }) => path)];
  return Object.fromEntries(
    byPath.map(([path, same]) => [path, Object.fromEntries(same.map(({ method, described }) => [method, described]))]),
  );
}

const PROBLEM = {
  type: 'object',
  required: ['message', 'help', 'code'],
  properties: {
    message: { type: 'string', description: 'What is wrong, with the limit or the allowed values.' },
    help: { type: 'string', description: 'Where the code is explained.' },
    code: { type: 'string', enum: Object.keys(PROBLEMS) },
  },
};

function operationObject(operation: AnyOperation, method: Method, path: string): Json {
  const { id, resource, access, sentence, rateClass, audit, methods, paths } = operation;
  const isFirst = method === methods[0] && path === paths[0];
  const place = paths.indexOf(path);
  return {
    operationId: isFirst ? id : `${id}.${method.toLowerCase()}${place > 0 ? place + 1 : ''}`,
    tags: [resource],
    summary: sentence,
    ...('permission' in access && { security: [{ privateKey: [] }], 'x-permission': access.permission }),
    'x-rate-class': rateClass,
    ...('action' in audit && { 'x-audit-action': audit.action }),
    parameters: [...parameters(operation.input.path, 'path'), ...parameters(operation.input.query, 'query')],
    ...requestBody(operation),
    responses: responses(operation),
  };
}

/** A schema as JSON Schema. What is only known by running it is left open. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...shown } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return shown;
}

function parameters(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: place === 'path' ? { ...shape, minLength: 1 } : shape,
  }));
}

function requestBody({ input: { body }, example }: AnyOperation): Json {
  if (body.kind === 'none') return {};
  const type = body.kind === 'json' ? 'application/json' : 'multipart/form-data';
  const content = { schema: jsonSchema(body.schema, 'input'), example: example.body };
  return { requestBody: { required: true, content: { [type]: content } } };
}

function responses(operation: AnyOperation): Json {
  const { answer } = operation;
  const success =
    answer.status === 204
      ? { description: 'Done.' }
      : {
          description: 'The answer.',
          content: { [answer.mediaType ?? 'application/json']: { schema: jsonSchema(answer.schema, 'output') } },
        };
  const byStatus = Map.groupBy(problemsOf(operation), (code) => PROBLEMS[code].status);
  const problems = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => [String(status), problemObject(codes)]);
  return { [String(answer.status)]: success, ...Object.fromEntries(problems) };
}

function problemObject(codes: readonly ProblemCode[]): Json {
  return {
    description: codes.join(', '),
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
