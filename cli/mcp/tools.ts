type Json = Readonly<Record<string, unknown>>;

/** What is used of an OpenAPI 3.1 document. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Json;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
}

/** An operation of the API as a tool (Model Context Protocol 2025-06-18, "Tools"). */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Json;
  readonly annotations: Readonly<
    Record<'readOnlyHint' | 'destructiveHint' | 'idempotentHint' | 'openWorldHint', boolean>
  >;
}

/** A tool with the call that it makes. */
export interface ToolCall {
  readonly tool: Tool;
  readonly method: string;
  /** With `{name}` for parameters. */
  readonly path: string;
  /** Where each argument goes. */
  readonly places: Readonly<Record<string, 'path' | 'query' | 'body'>>;
  /** A form instead of JSON. */
  readonly isForm: boolean;
}

/** What only adds: nothing that was there before is other afterwards. Everything else that changes something is destructive. */
const ADDITIVE = /\.(create|upload|upload-v2|begin|sign-parts|complete|copy|add-tags|invite|restore)$/;

/** Takes public pictures away although it makes something. */
const TAKING_AWAY = 'takedowns.create';

/** The operations of a document by the names of their tools. An operation that has several paths is one tool. */
export function toolsOf({ paths }: OpenApi): ReadonlyMap<string, ToolCall> {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => isFirst(operationId))
      .map(([method, described]) => toolCall(method.toUpperCase(), path, described)),
  );
  return new Map(calls.map((call) => [call.tool.name, call]));
}

/** Further paths and methods of an operation have a third part in their ids; the documentation is no tool. */
const isFirst = (id: string): boolean => id.split('.').length === 2 && !id.startsWith('documentation.');

function toolCall(method: string, path: string, described: Described): ToolCall {
  const { operationId, summary, parameters, requestBody } = described;
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = (content?.schema ?? {}) as { properties?: Readonly<Record<string, Json>>; required?: readonly string[] };
  const given = parameters.filter((parameter) => parameter.in !== 'header');
  // What a path names, a body may only repeat.
  const named = given.map(({ name }) => name);
  const members = Object.keys(body.properties ?? {}).filter((name) => !named.includes(name));
  const properties = { ...body.properties, ...Object.fromEntries(given.map(({ name, schema }) => [name, schema])) };
  const required = [
    ...given.filter((parameter) => parameter.required).map(({ name }) => name),
    ...(body.required ?? []),
  ];
  return {
    tool: {
      name: operationId.replace('.', '_'),
      description: summary,
      inputSchema: { type: 'object', properties, required, additionalProperties: false },
      annotations: annotationsOf(method, operationId),
    },
    ...{ method, path, isForm: type === 'multipart/form-data' },
    places: Object.fromEntries([
      ...given.map((parameter) => [parameter.name, parameter.in as 'path' | 'query']),
      ...members.map((name) => [name, 'body' as const]),
    ]),
  };
}

function annotationsOf(method: string, id: string): Tool['annotations'] {
  const isReading = method === 'GET';
  return {
    readOnlyHint: isReading,
    destructiveHint: !isReading && (!ADDITIVE.test(id) || id === TAKING_AWAY),
    idempotentHint: isReading || method === 'PUT' || method === 'DELETE',
    openWorldHint: false,
  };
}
