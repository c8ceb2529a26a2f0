import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { ReceiveUploadDeps } from '../../lambda/api/receive-upload.ts';
import { receiveUpload } from '../../lambda/api/receive-upload.ts';
import { LIMITS } from '../../lambda/contract/limits.ts';
import type { StreamedForm } from '../../lambda/contract/streamed-upload.ts';

const bytes = randomBytes(300_000);
const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A receiver whose storage is a map, and what the API was asked. */
function receiver(changes: Partial<ReceiveUploadDeps> = {}) {
  const stored = new Map<string, Buffer>();
  const asked: string[] = [];
  const forms: StreamedForm[] = [];
  const found: string[] = [];
  const deps: ReceiveUploadDeps = {
    isFromCdn: async (secret) => secret === 'the secret',
    api: {
      admit: async ({ rawPath, headers }) => {
        asked.push(`admit ${rawPath} ${Object.keys(headers).includes('x-vitrine-origin')}`);
        return { admitted: true };
      },
      complete: async (_, form) => {
        forms.push(form);
        found.push(digestOf(stored.get(form.file?.uploadId ?? '') ?? Buffer.alloc(0)));
        return { statusCode: 200, headers: {}, body: '{}' };
      },
    },
    keep: async (uploadId, coming) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of coming) chunks.push(chunk);
      stored.set(uploadId, Buffer.concat(chunks));
      return { size: Buffer.concat(chunks).byteLength, discard: async () => void stored.delete(uploadId) };
    },
    uploadId: () => 'a'.repeat(24),
    report: () => undefined,
    ...changes,
  };
  return { deps, stored, asked, forms, found };
}

async function sent(parts: readonly (readonly [string, string | Blob])[], headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'sent.bin');
  }
  const request = new Request('https://api.invalid/api/v1/files/upload?a=b', { method: 'POST', body: form });
  const content = Buffer.from(await request.arrayBuffer());
  const all = new Headers({ 'x-vitrine-origin': 'the secret', ...headers });
  all.set('content-type', request.headers.get('content-type') ?? '');
  const pieces = Array.from({ length: Math.ceil(content.length / 9999) }, (_, at) =>
    content.subarray(at * 9999, (at + 1) * 9999),
  );
  return { method: 'POST', path: '/api/v1/files/upload', query: 'a=b', headers: all, body: Readable.from(pieces) };
}

const FILE = ['file', new Blob([bytes])] as const;

test.each([0, 1, 2])(
  'the file is stored wherever it stands in the form, made into a file, and removed (place %i)',
  async (at) => {
    const fields = [
      ['fileName', 'a.bin'],
      ['tags', 'x'],
    ] as const;
    const { deps, stored, asked, forms, found } = receiver();

    const answer = await receiveUpload(deps, await sent([...fields.slice(0, at), FILE, ...fields.slice(at)]));

    expect(answer?.statusCode).toBe(200);
    expect(asked).toEqual(['admit /api/v1/files/upload false']);
    expect(found).toEqual([digestOf(bytes)]);
    expect(forms).toEqual([
      {
        fields: [
          ['fileName', ['a.bin']],
          ['tags', ['x']],
        ],
        file: { uploadId: 'a'.repeat(24), size: bytes.byteLength, contentType: 'application/octet-stream' },
      },
    ]);
    expect(stored.size).toBe(0);
  },
);

test('a request past the distribution is refused before anybody is asked, and read to its end', async () => {
  const { deps, asked, stored } = receiver();
  const upload = await sent([FILE], { 'x-vitrine-origin': 'a guess' });

  const answer = await receiveUpload(deps, upload);

  expect(answer?.statusCode).toBe(403);
  expect(upload.body.readableEnded).toBe(true);
  expect([asked, stored.size]).toEqual([[], 0]);
});

test('what the API refuses before the body is not stored, and its answer is passed on as it is', async () => {
  const refusal = { statusCode: 403, headers: { 'x-request-id': 'r' }, body: '{"code":"key.unknown"}' };
  const kept: string[] = [];
  const { deps } = receiver();
  const refusing = {
    ...deps,
    api: { ...deps.api, admit: async () => refusal },
    keep: async (id: string) => {
      kept.push(id);
      return { size: 0, discard: async () => undefined };
    },
  };

  expect(await receiveUpload(refusing, await sent([FILE]))).toEqual(refusal);
  expect(kept).toEqual([]);
});

test.each([
  ['two files', [FILE, FILE], 400],
  ['too much text', [FILE, ['description', 'x'.repeat(70_000)]], 400],
  ['text that stands for no file', [['file', '§'.repeat(9000)]], 400],
] as const)('%s: refused with a problem of the client, and nothing is kept', async (_, parts, status) => {
  const { deps, stored, forms } = receiver();

  const answer = await receiveUpload(deps, await sent(parts));

  expect(answer?.statusCode).toBe(status);
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code: 'upload.invalid-parameter', help: expect.any(String) });
  expect([stored.size, forms.length]).toEqual([0, 0]);
});

/** A form with a file of zeros, which nobody holds in memory. */
function large(size: number, headers: Record<string, string>) {
  const chunk = Buffer.alloc(1_000_000);
  async function* content() {
    yield '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';
    for (let left = size; left > 0; left -= chunk.length) yield chunk.subarray(0, Math.min(left, chunk.length));
    yield '\r\n--b--\r\n';
  }
  const all = { 'x-vitrine-origin': 'the secret', 'content-type': 'multipart/form-data; boundary=b', ...headers };
  const body = Readable.from(content(), { objectMode: false });
  return { method: 'POST', path: '/api/v1/files/upload', query: '', headers: new Headers(all), body };
}

test('a form without a key brings a file of 300 MB and no byte more; with a key it may be larger', async () => {
  let size = 0;
  const keep: ReceiveUploadDeps['keep'] = async (_, coming) => {
    size = 0;
    for await (const chunk of coming) size += chunk.byteLength;
    return { size, discard: async () => undefined };
  };
  const { deps } = receiver({ keep });
  const most = LIMITS.selfSignedUploadBytes;

  expect((await receiveUpload(deps, large(most, {})))?.statusCode).toBe(200);
  expect(size).toBe(most);
  const refused = await receiveUpload(deps, large(most + 1, {}));
  expect(refused?.statusCode).toBe(413);
  expect(JSON.parse(refused?.body ?? '')).toMatchObject({
    code: 'upload.too-large',
    message: expect.stringContaining('at most 300000000 bytes'),
  });
  expect(size).toBeLessThanOrEqual(most);
  expect((await receiveUpload(deps, large(most + 1, { authorization: 'Basic a' })))?.statusCode).toBe(200);
}, 60_000);

test('a sender that goes away is not answered, and what stores its file is told', async () => {
  const told: unknown[] = [];
  const { deps } = receiver();
  const keep: ReceiveUploadDeps['keep'] = async (_, coming) => {
    try {
      for await (const chunk of coming) if (!chunk) break;
    } catch (error) {
      told.push(error);
      throw error;
    }
    return { size: 0, discard: async () => undefined };
  };
  const upload = await sent([FILE]);
  const cut = Readable.from(
    (async function* () {
      yield (await upload.body.iterator().next()).value;
      throw new Error('gone');
    })(),
  );

  expect(await receiveUpload({ ...deps, keep }, { ...upload, body: cut })).toBeUndefined();
  expect(told).toHaveLength(1);
});

test('an API that fails is 503, which may be tried again, and is reported', async () => {
  const reports: string[] = [];
  const { deps } = receiver({ report: (event) => void reports.push(event) });
  const failing = {
    ...deps.api,
    complete: async () => {
      throw new Error('The function of the API failed');
    },
  };

  const answer = await receiveUpload({ ...deps, api: failing }, await sent([FILE]));

  expect([answer?.statusCode, answer?.headers['retry-after']]).toEqual([503, '1']);
  expect(reports).toEqual(['upload-not-received']);
});
