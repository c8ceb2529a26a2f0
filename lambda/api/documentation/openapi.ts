import type * as z from 'zod';
import type { AnyOperation, Method } from '../operation.ts';
import { withExampleValues } from './example-values.ts';
import type { Json } from './json-schema.ts';
import { jsonSchema } from './json-schema.ts';
import { ERROR_SCHEMAS, responses } from './responses.ts';

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
      schemas: ERROR_SCHEMAS,
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

function operationObject(operation: AnyOperation, method: Method, path: string): Json {
  const { id, resource, access, sentence, rateClass, audit, methods, paths } = operation;
  const isFirst = method === methods[0] && path === paths[0];
  const place = paths.indexOf(path);
  return {
    operationId: isFirst ? id : `${id}.${method.toLowerCase()}${place > 0 ? place + 1 : ''}`,
    tags: [resource],
    summary: sentence,
    ...('permission' in access && { security: [{ privateKey: [] }], 'x-permission': access.permission }),
    ...('permission' in access && access.notByKeys && { 'x-not-by-keys': true }),
    'x-rate-class': rateClass,
    ...('action' in audit && { 'x-audit-action': audit.action }),
    parameters: [
      ...parameters(operation.input.path, 'path', operation.example.path),
      ...parameters(operation.input.query, 'query', operation.example.query),
      ...(operation.conditional ? [IF_MATCH] : []),
    ],
    ...requestBody(operation),
    responses: responses(operation),
  };
}

const IF_MATCH: Json = {
  name: 'if-match',
  in: 'header',
  required: false,
  description: 'ETag of the file as it was read; when it has changed since, the answer is 412 and nothing is done.',
  schema: { type: 'string' },
};

function parameters(
  schema: z.ZodType,
  place: 'path' | 'query',
  examples: Readonly<Record<string, string>> = {},
): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: place === 'path' ? { ...shape, minLength: 1 } : shape,
    ...(examples[name] !== undefined && { example: withExampleValues(examples[name]) }),
  }));
}

function requestBody({ input: { body }, example }: AnyOperation): Json {
  if (body.kind === 'none') return {};
  const type = body.kind === 'json' ? 'application/json' : 'multipart/form-data';
  const shown = JSON.parse(withExampleValues(JSON.stringify(example.body)));
  const content = { schema: jsonSchema(body.schema, 'input'), example: shown };
  return { requestBody: { required: true, content: { [type]: content } } };
}
