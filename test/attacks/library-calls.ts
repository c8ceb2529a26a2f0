import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Target } from './target.ts';

/** The members of a file's answer that attacks look at. */
export interface FileAnswer {
  readonly fileId: string;
  readonly filePath?: string;
  readonly name: string;
  readonly url: string;
  readonly size: number;
  readonly mime: string;
  readonly description?: string;
  readonly updatedAt: string;
  readonly versionInfo: { readonly id: string; readonly name: string };
}

/** A call of the API with the key. One that is asked too often is asked again. */
export async function call(
  { product }: Target,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const isForm = body instanceof FormData;
  for (;;) {
    const answer = await fetch(`${product.api}${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(`${product.privateKey}:`)}`,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    if (answer.status !== 429) return answer;
    await answer.arrayBuffer();
    await pause(100);
  }
}

/** An upload under a path, whatever comes of it. */
export function tryUpload(
  target: Target,
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
  type = 'text/plain',
): Promise<Response> {
  const slash = path.lastIndexOf('/');
  const form = new FormData();
  form.set('file', new Blob([content], { type }), path.slice(slash + 1));
  form.set('fileName', path.slice(slash + 1));
  form.set('folder', path.slice(0, slash) || '/');
  form.set('useUniqueFileName', 'false');
  return call(target, 'POST', '/api/v1/files/upload', form);
}

export async function uploadText(target: Target, path: string, text: string): Promise<FileAnswer> {
  const answer = await tryUpload(target, path, text);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as FileAnswer;
}

export async function details(target: Target, fileId: string): Promise<FileAnswer> {
  const answer = await call(target, 'GET', `/v1/files/${fileId}/details`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as FileAnswer;
}

/** Files of a folder, or of everywhere. */
export async function listed(target: Target, path?: string): Promise<FileAnswer[]> {
  const query = path === undefined ? '' : `&path=${encodeURIComponent(path)}`;
  const answer = await call(target, 'GET', `/v1/files?type=file${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as FileAnswer[];
}

/** Every version of a file with the text that is delivered as it. */
export async function readVersions(target: Target, fileId: string): Promise<{ number: number; text: string }[]> {
  const answer = await call(target, 'GET', `/v1/files/${fileId}/versions`);
  expect(answer.status).toBe(200);
  const versions = (await answer.json()) as FileAnswer[];
  return Promise.all(
    versions.map(async ({ versionInfo, url }) => ({
      number: Number(versionInfo.name.replace('Version ', '')),
      text: await (await fetch(url)).text(),
    })),
  );
}
