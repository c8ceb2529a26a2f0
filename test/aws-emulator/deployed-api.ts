import type { ExampleAnswer, ExampleCall } from '../api/example-calls.ts';
import { outputsOf } from './buckets.ts';
import { type EmulatedRegion, REGION } from './clients.ts';
import { ownerCredentials } from './owner-credentials.ts';
import { sendToHost } from './send-to-host.ts';

/** Calls the deployed API of a region through its HTTP API, as the owner. @param region @default home */
export async function callApi(
  { method, path, json, form }: ExampleCall,
  region: EmulatedRegion = REGION,
): Promise<ExampleAnswer> {
  const { privateKey } = await ownerCredentials();
  const authorization = `Basic ${Buffer.from(`${privateKey}:`).toString('base64')}`;
  // It gives a form its boundary and its type.
  const packed = form ? new Response(formOf(form)) : undefined;
  const type = packed?.headers.get('content-type') ?? 'application/json';
  const body = packed ? await packed.bytes() : json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  const answer = await sendToHost(emulatedHost(region), {
    method,
    path,
    headers: { authorization, ...(body && { 'content-type': type, 'content-length': String(body.length) }) },
    ...(body && { body }),
  });
  const text = answer.body.toString();
  // The emulator's HTTP API gives every answer a type, 204 too.
  const isJson = text !== '' && answer.headers.get('content-type')?.includes('json');
  return { ...answer, body: isJson ? JSON.parse(text) : text };
}

/** The emulator serves an HTTP API under its id, as AWS does, but in a domain of its own. */
function emulatedHost(region: EmulatedRegion): string {
  const [id = ''] = (outputsOf(region).ApiHost ?? '').split('.');
  return `${id}.execute-api.localhost`;
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
