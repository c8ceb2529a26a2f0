import { randomBytes } from 'node:crypto';
import type { AnyOperation, Example, GivenForm, GivenTransfer, Method } from '../../lambda/api/operation.ts';
import { API_OPERATIONS } from '../../lambda/api/table.ts';
import type { SignedForm, SignedPart } from '../../lambda/core/library/uploads/original-parts.ts';

/** What a call is made of, so that a test can change a part of it before it is sent. */
export interface ExampleCall {
  readonly method: Method;
  /** With its query. */
  readonly path: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

/** A parsed answer. */
export interface ExampleAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export type SendCall = (call: ExampleCall, authorization: string | null) => Promise<ExampleAnswer>;

/** Answers by operation, for the references in later examples. */
type Made = ReadonlyMap<string, unknown>;

export const operationOf = (id: string): AnyOperation => {
  const found = API_OPERATIONS.find((one) => one.id === id);
  if (!found) throw new Error(`There is no operation ${id}.`);
  return found;
};

/**
 * Makes what an operation's example needs, by the examples that it names, and gives the call that is then possible.
 * @param send makes the calls; each must succeed
 */
export async function prepareExample(
  { id, methods, paths, input, example: written }: AnyOperation,
  send: (call: ExampleCall) => Promise<ExampleAnswer>,
): Promise<ExampleCall> {
  const example = withFreshName(id, written);
  const made = new Map<string, unknown>();
  for (const given of example.given ?? []) {
    if (typeof given === 'object' && 'post' in given) {
      await sendForm(given, made);
      continue;
    }
    if (typeof given === 'object' && 'put' in given) {
      await transfer(given, made);
      continue;
    }
    const needed = typeof given === 'string' ? given : given.id;
    const before = operationOf(needed);
    const call = typeof given === 'string' ? await prepareExample(before, send) : withBody(before, given.body, made);
    const answer = await send(call);
    if (answer.status !== before.answer.status) {
      throw new Error(`${needed}, which ${id} needs, answered ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    made.set(needed, answer.body);
  }
  if (id === 'sessions.end') made.set('session', await exampleSession(fill(String(example.path?.personId), made)));
  if (id === 'people.confirm-mail') made.set('codes', await exampleCodes(fill(String(example.path?.personId), made)));
  const path = paths[0].replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(fill(String(example.path?.[name]), made)),
  );
  const body = fillAll(example.body, made);
  return {
    method: methods[0],
    path: path + queryText(example, made),
    ...(input.body.kind === 'json' && { json: body }),
    ...(input.body.kind === 'form' && { form: body as Readonly<Record<string, string>> }),
  };
}

/** As a client does it: bytes to the signed URL. */
async function transfer({ put, bytes }: GivenTransfer, made: Made): Promise<void> {
  const { parts } = made.get(put) as { readonly parts: readonly SignedPart[] };
  const [{ url = '', headers = {} } = {}] = parts;
  const { status } = await fetch(url, { method: 'PUT', headers, body: Buffer.from(bytes, 'base64') });
  if (status !== 200) throw new Error(`The URL that ${put} signed answered ${status}.`);
}

async function sendForm({ post, bytes }: GivenForm, made: Made): Promise<void> {
  const { url, fields } = made.get(post) as SignedForm;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([Buffer.from(bytes, 'base64')]));
  const { status } = await fetch(url, { method: 'POST', body: form });
  if (status !== 204) throw new Error(`The form that ${post} signed was answered ${status}.`);
}

const freshMail = () => `jo.${randomBytes(6).toString('hex')}@example.com`;

/** Names of custom metadata fields are not free again when a field is deleted, nor labels before that, and an address is one person’s: each call has its own. */
function withFreshName(id: string, example: Example): Example {
  if (id === 'people.invite') {
    return { ...example, body: { ...(example.body as object), mail: freshMail() } };
  }
  if (id === 'people.change-mail') return { ...example, body: { mail: freshMail() } };
  if (id !== 'fields.create') return example;
  const body = example.body as { readonly name: string };
  const fresh = `${body.name}_${randomBytes(4).toString('hex')}`;
  return { ...example, body: { ...body, name: fresh, label: fresh } };
}

/** Signed in past the provider, because no operation does it. */
async function exampleSession(personId: string) {
  const { startedSession } = await import('../handlers/signed-in.ts');
  return startedSession(personId);
}

/** Begun past the API, because no operation answers codes. */
async function exampleCodes(personId: string) {
  const { mailedCodes } = await import('../handlers/signed-in.ts');
  return mailedCodes(personId);
}

function withBody({ methods, paths, input }: AnyOperation, body: unknown, made: Made): ExampleCall {
  const filled = fillAll(body, made) as Readonly<Record<string, string>>;
  const call = { method: methods[0], path: paths[0] };
  return input.body.kind === 'form' ? { ...call, form: filled } : { ...call, json: filled };
}

function queryText({ query = {} }: Example, made: Made): string {
  const filled = Object.entries(query).map(([name, value]): [string, string] => [name, fill(value, made)]);
  return filled.length > 0 ? `?${new URLSearchParams(filled)}` : '';
}

/** `{{files.upload.fileId}}` is the member `fileId` of what `files.upload` answered. */
function fill(text: string, made: Made): string {
  return text.replace(/\{\{([\w.-]+)\.(\w+)\}\}/g, (_, id: string, member: string) => {
    const value = (made.get(id) as Readonly<Record<string, unknown>> | undefined)?.[member];
    if (value === undefined) throw new Error(`${id} gave no ${member}.`);
    return String(value);
  });
}

function fillAll(value: unknown, made: Made): unknown {
  if (typeof value === 'string') return fill(value, made);
  if (Array.isArray(value)) return value.map((one) => fillAll(one, made));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fillAll(member, made)]));
}
