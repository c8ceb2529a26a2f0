import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { vi } from 'vitest';
import type { AnyOperation } from '../../../lambda/api/operation.ts';
import { serve } from '../../../lambda/api/serve.ts';
import { API_OPERATIONS } from '../../../lambda/api/table.ts';
import type { CloudFixture, CloudOptions } from '../../handlers/cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from '../../handlers/cloud-fixture.ts';
import type { ExampleAnswer, ExampleCall } from '../example-calls.ts';

/** Stands before the secret of a session where a key could be. */
export const SESSION = 'session ';

/** The API on real stores, called with one key or another. */
export interface Deployment {
  readonly cloud: CloudFixture;
  readonly send: (
    call: ExampleCall,
    key: string | null,
    operations?: readonly AnyOperation[],
  ) => Promise<ExampleAnswer>;
  /** A call of the owner's that must succeed. @returns the answer's body */
  readonly made: <Body>(call: ExampleCall) => Promise<Body>;
  /** Faults that were reported so far; none is right. */
  readonly faults: readonly unknown[];
  readonly close: () => Promise<void>;
}

export async function startDeployment(options?: CloudOptions): Promise<Deployment> {
  for (const method of ['info', 'warn'] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
  const cloud = await startCloudFixture(options);
  const { composeApi } = await import('../../../lambda/handlers/composition/api.ts');
  const deps = composeApi();
  const answerers = new Map<readonly AnyOperation[], ReturnType<typeof serve>>();
  const faults: unknown[] = [];
  const send: Deployment['send'] = async (call, key, operations = API_OPERATIONS) => {
    const answerer = answerers.get(operations) ?? serve(operations, deps);
    answerers.set(operations, answerer);
    const report = (_event: string, error: unknown) => void faults.push(error);
    const response = await answerer({ requestId: randomUUID(), read: () => requestOf(call, key), report });
    // Rates are looked at elsewhere; here a key that is faster than it may be waits, as SDKs do.
    if (response.status === 429) {
      await pause(Number(response.headers.get('retry-after-ms')) + 1);
      return send(call, key, operations);
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    cloud,
    send,
    made: async <Body>(call: ExampleCall) => {
      const { status, body } = await send(call, PRIVATE_KEY);
      if (status >= 300) throw new Error(`${call.method} ${call.path}: ${status} ${JSON.stringify(body)}`);
      return body as Body;
    },
    faults,
    close: cloud.close,
  };
}

function requestOf({ method, path, json, form }: ExampleCall, key: string | null): Request {
  const headers = new Headers({ host: 'localhost' });
  if (key?.startsWith(SESSION)) {
    headers.set('cookie', `vitrine=${key.slice(SESSION.length)}`);
    headers.set('x-vitrine', '1');
    headers.set('sec-fetch-site', 'same-origin');
  } else if (key !== null) headers.set('authorization', `Basic ${Buffer.from(`${key}:`).toString('base64')}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const body = form ? formOf(form) : json === undefined ? null : JSON.stringify(json);
  return new Request(`https://api.invalid${path}`, { method, headers, body });
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
