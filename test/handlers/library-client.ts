import type ImageKit from '@imagekit/nodejs';
import { expect } from 'vitest';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';

export interface CallParts {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The library as clients reach it: by the official SDK, unchanged, and by calls that ImageKit does not have. */
export interface LibraryClient {
  readonly cloud: CloudFixture;
  readonly imagekit: ImageKit;
  /** Uploads a text; gives the id of its file. */
  readonly upload: (path: string, text?: string) => Promise<string>;
  /** Names of the files of a folder. */
  readonly names: (path: string) => Promise<(string | undefined)[]>;
  readonly call: (method: string, path: string, parts?: CallParts) => Promise<Response>;
  /** Without a key. */
  readonly visit: (path: string, init?: RequestInit) => Promise<Response>;
  readonly post: (path: string, form: FormData, headers?: CallParts['headers']) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** @param options `followsChanges` lets search find what was uploaded */
export async function startLibraryClient(
  options: { followsChanges?: boolean; isBackedUp?: boolean } = {},
): Promise<LibraryClient> {
  const cloud = await startCloudFixture(options);
  const api = await startApiServer();
  const imagekit = api.client();
  return {
    cloud,
    imagekit,
    upload: (path, text = 'text') => uploadText(imagekit, path, text),
    names: async (path) =>
      (await imagekit.assets.list({ path, type: 'file', sort: 'ASC_NAME' })).map(({ name }) => name),
    call: (method, path, parts) => callApi(api, method, path, parts),
    visit: (path, init) => fetch(`${api.baseURL}${path}`, init),
    post: (path, form, headers) =>
      fetch(`${api.baseURL}${path}`, {
        ...{ method: 'POST', headers: { authorization: `Basic ${btoa(`${PRIVATE_KEY}:`)}`, ...headers }, body: form },
      }),
    close: async () => {
      api.close();
      await cloud.close();
    },
  };
}

async function uploadText(imagekit: ImageKit, path: string, text: string): Promise<string> {
  const slash = path.lastIndexOf('/');
  const answer = await imagekit.files.upload({
    file: Buffer.from(text).toString('base64'),
    fileName: path.slice(slash + 1),
    folder: path.slice(0, slash) || '/',
    useUniqueFileName: false,
  });
  return answer.fileId as string;
}

function callApi({ baseURL }: ApiServer, method: string, path: string, { body, headers }: CallParts = {}) {
  return fetch(`${baseURL}${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${PRIVATE_KEY}:`)}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Status and reason of a call of the SDK that is refused. */
export async function refusal(promise: Promise<unknown>): Promise<[number | undefined, string | undefined]> {
  const error = await promise.then(
    () => expect.unreachable('It was not refused.'),
    (caught: unknown) => caught as InstanceType<typeof ImageKit.APIError>,
  );
  return [error.status, (error.error as { reason?: string }).reason];
}
