import { PROBLEMS } from '../../core/kernel/problems.ts';
import type { AnyOperation } from '../operation.ts';
import type { Json } from './json-schema.ts';
import { jsonSchema } from './json-schema.ts';
import { problemsOf } from './problems-of.ts';

/** One parameter or member, as both the page and docs/api.md show it. */
export interface DescribedMember {
  readonly name: string;
  readonly place: 'path' | 'query' | 'body' | 'form';
  readonly required: boolean;
  readonly type: string;
}

/** An operation, ready to be shown. */
export interface DescribedOperation {
  readonly id: string;
  readonly resource: string;
  readonly calls: readonly string[];
  readonly sentence: string;
  readonly permission: string;
  readonly rateClass: string;
  readonly members: readonly DescribedMember[];
  readonly answer: string;
  readonly answerMembers: string;
  readonly problems: readonly string[];
  readonly curl: string;
}

export function describeOperation(operation: AnyOperation): DescribedOperation {
  const { id, resource, methods, paths, sentence, access, rateClass, answer } = operation;
  return {
    id,
    resource,
    calls: paths.flatMap((path) => methods.map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)),
    sentence,
    permission: 'permission' in access ? access.permission : 'none: it is public',
    rateClass,
    members: membersOf(operation),
    answer:
      answer.status === 204
        ? '204, without a body'
        : `${answer.status}, ${[answer.mediaType ?? 'JSON', ...(answer.otherMediaTypes ?? [])].join(' or ')}`,
    answerMembers: answer.status === 204 || answer.mediaType ? '' : typeOf(jsonSchema(answer.schema, 'output')),
    problems: problemsOf(operation).map((code) => `${code} (${PROBLEMS[code].status})`),
    curl: curlOf(operation),
  };
}

function membersOf({ input }: AnyOperation): DescribedMember[] {
  const { body } = input;
  return [
    ...listed(jsonSchema(input.path, 'input'), 'path'),
    ...listed(jsonSchema(input.query, 'input'), 'query'),
    ...(body.kind === 'none' ? [] : listed(jsonSchema(body.schema, 'input'), body.kind === 'json' ? 'body' : 'form')),
  ];
}

/** Members of an object, or of each of several alternatives. */
function listed(schema: Json, place: DescribedMember['place']): DescribedMember[] {
  const alternatives = (schema.anyOf ?? schema.oneOf) as readonly Json[] | undefined;
  if (alternatives) {
    const all = alternatives.flatMap((one) => listed(one, place));
    return [...Map.groupBy(all, ({ name }) => name).values()].map((same) => ({
      ...(same[0] as DescribedMember),
      required: same.length === alternatives.length && same.every(({ required }) => required),
      type: [...new Set(same.map(({ type }) => type))].join(' | '),
    }));
  }
  const { properties = {}, required = [] } = schema as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    place,
    required: place === 'path' || required.includes(name),
    type: typeOf(shape),
  }));
}

/** A short way to write a schema: `text`, `"a" | "b"`, `[text]`, `{id: text}`. */
export function typeOf(schema: Json): string {
  const alternatives = (schema.anyOf ?? schema.oneOf) as readonly Json[] | undefined;
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(' | ');
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') return `[${typeOf((schema.items ?? {}) as Json)}]`;
  if (schema.type === 'object') return objectType(schema);
  if (schema.type === 'string') return schema.format ? String(schema.format) : 'text';
  return typeof schema.type === 'string' ? schema.type : 'anything';
}

function objectType({ properties, required = [] }: Json): string {
  const members = Object.entries((properties ?? {}) as Readonly<Record<string, Json>>);
  if (members.length === 0) return 'object';
  const needed = required as readonly string[];
  return `{${members.map(([name, shape]) => `${name}${needed.includes(name) ? '' : '?'}: ${typeOf(shape)}`).join(', ')}}`;
}

/** The example as a command; what an earlier call gave stands in angle brackets. */
function curlOf({ methods, paths, input, access, example }: AnyOperation): string {
  const shown = (text: string): string => text.replace(/\{\{[\w.-]+\.(\w+)\}\}/g, '<$1>');
  const path = paths[0].replace(/:(\w+)/g, (_all: string, name: string) => shown(example.path?.[name] ?? `<${name}>`));
  const query = Object.entries(example.query ?? {}).map(
    ([name, value]) => `--data-urlencode '${name}=${shown(value)}'`,
  );
  const form = input.body.kind === 'form' ? Object.entries(example.body as Record<string, string>) : [];
  const first = [
    'curl',
    ...(query.length > 0 ? ['--get'] : methods[0] === 'GET' ? [] : ['-X', methods[0]]),
    ...('permission' in access ? ['-u', '"$PRIVATE_KEY:"'] : []),
    `"$API${path}"`,
  ];
  return [
    first.join(' '),
    ...query,
    ...(input.body.kind === 'json'
      ? ["-H 'content-type: application/json'", `-d '${shown(JSON.stringify(example.body))}'`]
      : []),
    ...form.map(([name, value]) => `-F ${name}=${value}`),
  ].join(' \\\n  ');
}
