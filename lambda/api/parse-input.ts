import type * as z from 'zod';
import { problem } from '../core/kernel/problems.ts';
import type { UploadForm } from '../core/library/upload-form.ts';
import { readForm } from './form-body.ts';
import { readJsonBody } from './json-body.ts';
import type { AnyOperation, BodyInput, CallInput } from './operation.ts';
import type { PathParameters } from './routing.ts';

/**
 * Turns a request into what its operation takes.
 * @param form the body, when authentication has read it already
 * @throws Problem input.invalid naming the member, and what the body's own reader throws
 */
export async function parseInput(
  { input }: AnyOperation,
  parameters: PathParameters,
  request: Request,
  form?: UploadForm,
): Promise<CallInput<unknown, unknown, unknown>> {
  return {
    path: check(input.path, parameters, 'The path'),
    query: check(input.query, queryOf(request), 'The query'),
    body: await readBody(input.body, request, form),
    ifMatch: request.headers.get('if-match') ?? undefined,
  };
}

async function readBody(body: BodyInput<unknown>, request: Request, form: UploadForm | undefined): Promise<unknown> {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      return check(body.schema, await readJsonBody(request), 'The body');
    case 'form':
      return body.read(form ?? (await readForm(request)));
  }
}

function queryOf(request: Request): Readonly<Record<string, string>> {
  const parameters = new URL(request.url).searchParams;
  const twice = [...parameters.keys()].find((name, index, all) => all.indexOf(name) !== index);
  if (twice !== undefined)
    throw problem('input.invalid', `The query parameter ${twice.slice(0, 60)} may be given once.`);
  return Object.fromEntries(parameters);
}

/** The first fault is told: it names the member and what it may hold, never what it held. */
function check(schema: z.ZodType, value: unknown, whole: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const member = issue?.path.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path ? `${path}.${String(key)}` : String(key)),
    '',
  );
  throw problem('input.invalid', `${member || whole} ${issue?.message}.`);
}
