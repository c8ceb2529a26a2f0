import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readForm } from '../../lambda/api/form-body.ts';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { Problem } from '../../lambda/core/kernel/problems.ts';

const post = (body: string | FormData, headers: Record<string, string> = {}) =>
  new Request('https://api.invalid/', { method: 'POST', body, headers });

function formOf(entries: readonly (readonly [string, string | Blob, string?])[]): FormData {
  const form = new FormData();
  for (const [name, value, fileName] of entries) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, fileName ?? 'blob');
  }
  return form;
}

const refusal = async (request: Request): Promise<Problem> => {
  const error: unknown = await readForm(request).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error(`no problem: ${error}`);
  return error;
};

const picture = () => new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' });

test.each(['first', 'in the middle', 'last'])('the file part may come %s', async (place) => {
  const fields = [['fileName', 'a.png'] as const, ['tags', 'a,b'] as const];
  const file = ['file', picture(), 'a.png'] as const;
  const at = { first: 0, 'in the middle': 1, last: 2 }[place] ?? 0;

  const form = await readForm(post(formOf([...fields.slice(0, at), file, ...fields.slice(at)])));

  expect(form.file).toEqual({ bytes: Buffer.from([1, 2, 3]), contentType: 'image/png' });
  expect(Object.fromEntries(form.fields)).toEqual({ fileName: ['a.png'], tags: ['a,b'] });
});

test('text in any script arrives as it was sent', async () => {
  const form = await readForm(
    post(
      formOf([
        ['fileName', 'Ünï 東京 🐘.png'],
        ['file', 'aGVsbG8='],
      ]),
    ),
  );

  expect(form.fields.get('fileName')).toEqual(['Ünï 東京 🐘.png']);
  expect(form.fields.get('file')).toEqual(['aGVsbG8=']);
  expect(form.file).toBeUndefined();
});

test('a repeated field keeps all its values, and other binary parts are passed over', async () => {
  const form = await readForm(
    post(
      formOf([
        ['publicKey', 'a'],
        ['publicKey', 'b'],
        ['avatar', picture()],
        ['file', 'x'],
      ]),
    ),
  );

  expect(form.fields.get('publicKey')).toEqual(['a', 'b']);
  expect(form.file).toBeUndefined();
});

test('the largest file passes, one byte more is refused with the limit', async () => {
  const of = (size: number) =>
    post(
      formOf([
        ['fileName', 'a'],
        ['file', new Blob([new Uint8Array(size)]), 'a'],
      ]),
    );

  expect((await readForm(of(LIMITS.directUploadBytes))).file).toMatchObject({
    bytes: expect.objectContaining({ length: LIMITS.directUploadBytes }),
  });
  expect(await refusal(of(LIMITS.directUploadBytes + 1))).toMatchObject({
    status: 413,
    message: expect.stringContaining('4500000'),
  });
});

test('a file as text may be as large as its base64', async () => {
  const text = Buffer.alloc(LIMITS.directUploadBytes).toString('base64');

  expect((await readForm(post(formOf([['file', text]])))).fields.get('file')?.[0]).toHaveLength(text.length);
  expect(await refusal(post(formOf([['file', 'a'.repeat(text.length * 1.1)]])))).toMatchObject({ status: 413 });
});

test('a file given twice is refused', async () => {
  expect(
    await refusal(
      post(
        formOf([
          ['file', 'a'],
          ['file', 'b'],
        ]),
      ),
    ),
  ).toMatchObject({ code: 'upload.invalid-parameter' });
  expect(
    await refusal(
      post(
        formOf([
          ['file', picture()],
          ['file', 'b'],
        ]),
      ),
    ),
  ).toMatchObject({ status: 400 });
});

test('the other parameters are bounded together, and so are the parts', async () => {
  const many = Array.from({ length: 101 }, (_, index) => [`f${index}`, 'x'] as const);

  expect((await refusal(post(formOf([['description', 'a'.repeat(LIMITS.apiBodyBytes)]])))).message).toContain('65536');
  expect((await refusal(post(formOf(many)))).message).toContain('100 parts');
});

test.each([
  ['no content type', post('x', { 'content-type': '' })],
  ['JSON', post('{}', { 'content-type': 'application/json' })],
  ['a form without boundary', post('x', { 'content-type': 'multipart/form-data; charset=utf-8' })],
  ['another boundary', post('--b\r\n\r\n--b--', { 'content-type': 'multipart/form-data; boundary=c' })],
  [
    'a form that ends early',
    post('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nab', {
      'content-type': 'multipart/form-data; boundary=b',
    }),
  ],
  ['an empty body', post('', { 'content-type': 'multipart/form-data; boundary=b' })],
])('%s is refused as malformed', async (_, request) => {
  expect(await refusal(request)).toMatchObject({ code: 'upload.malformed', status: 400 });
});

test('whatever bytes come, the answer is a form or a problem of the client', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom(
          '--b',
          '\r\n',
          '--',
          ':',
          'Content-Disposition: form-data',
          '; name="file"',
          '; filename="a"',
          'x',
          '\0',
          '"',
        ),
        { maxLength: 30 },
      ),
      async (pieces) => {
        const request = post(pieces.join(''), { 'content-type': 'multipart/form-data; boundary=b' });

        const outcome = await readForm(request).catch((error: unknown) => error);

        expect(outcome instanceof Problem ? outcome.status < 500 : 'fields' in (outcome as object)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

test.each(['Content-Disposition: form-data; name=""', 'Content-Disposition: form-data'])(
  'a part without a name is refused: %s',
  async (line) => {
    const body = `--x\r\n${line}\r\n\r\nvalue\r\n--x--\r\n`;

    expect(await refusal(post(body, { 'content-type': 'multipart/form-data; boundary=x' }))).toMatchObject({
      code: 'upload.malformed',
      message: 'Every part of the form needs a name.',
    });
  },
);

test('a compressed form and a file input without a file are named', async () => {
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  const compressed = await refusal(post('--x--', { ...type, 'content-encoding': 'gzip' }));
  const empty =
    '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n';
  const unchosen = await refusal(post(empty, type));

  expect([compressed.code, compressed.message]).toEqual([
    'body.unsupported',
    'The form must not be compressed: Content-Encoding must be identity.',
  ]);
  expect([unchosen.code, unchosen.message]).toEqual([
    'upload.missing-parameter',
    'The part named file has filename="" and no bytes: no file was chosen.',
  ]);
});
