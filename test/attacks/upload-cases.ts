import { expect } from 'vitest';
import { attack, elsewhere } from './attack-case.ts';
import { call, listed, readVersions, tryUpload, uploadText } from './library-calls.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Uploads that lie, collide or are too much. */
export const UPLOAD_CASES = [
  attack('UPL-003', 'a page that is sent as a picture is never a page', async (target) => {
    const page = '<!doctype html><script>alert(1)</script>';
    const answer = await tryUpload(target, '/uploads/page.jpg', page, 'text/html');
    if (!answer.ok) return void expect(answer.status).toBeLessThan(500);
    const { headers } = await target.ask('/uploads/page.jpg');

    expect(headers.get('content-type')?.[0]).not.toContain('html');
    expect(headers.get('x-content-type-options')).toEqual(['nosniff']);
  }),
  attack('UPL-007', 'twenty uploads of one name at once are twenty versions of one file', async (target) => {
    const texts = Array.from({ length: 20 }, (_, index) => `sent by ${index}`);
    const answers = await Promise.all(texts.map((text) => uploadText(target, '/uploads/same.txt', text)));

    expect(new Set(answers.map(({ fileId }) => fileId)).size).toBe(1);
    const versions = await readVersions(target, answers[0]?.fileId ?? '');
    expect(versions.map(({ text }) => text).sort()).toEqual(texts.sort());
  }),
  attack('UPL-008', 'names that become one lose no bytes', async (target) => {
    for (const name of ['a#b.txt', 'a b.txt', 'a&b.txt']) await uploadText(target, `/uploads/names/${name}`, name);
    const files = await listed(target, '/uploads/names');
    const versions = await Promise.all(files.map(({ fileId }) => readVersions(target, fileId)));

    expect(
      versions
        .flat()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['a b.txt', 'a#b.txt', 'a&b.txt']);
  }),
  attack('UPL-010', 'files that are two things at once have one type, which nobody guesses anew', async (target) => {
    const polyglots = {
      'gif-script.gif': 'GIF89a/*\u0001\u0000\u0001\u0000*/=1;alert(1)//',
      'pdf-zip.pdf': '%PDF-1.4\nPK\u0003\u0004 half a zip\nPK\u0005\u0006',
    };
    for (const [name, text] of Object.entries(polyglots)) {
      const answer = await tryUpload(target, `/uploads/${name}`, bytesOf(text), 'application/javascript');
      if (!answer.ok) {
        expect(answer.status).toBeLessThan(500);
        continue;
      }
      const { headers } = await target.ask(`/uploads/${name}`);
      expect(headers.get('content-type')?.[0]).not.toMatch(/html|script/);
      expect(headers.get('x-content-type-options')).toEqual(['nosniff']);
    }
  }),
  attack('UPL-015', 'the caller leaves after the bytes: the same file can be uploaded again', async (target) => {
    target.setFaults([
      { at: 'dynamodb', call: 'TransactWriteItems', fault: 'conflict' },
      { at: 'dynamodb', call: 'DeleteItem', fault: 'throttle' },
      { at: 'events', fault: 'drop' },
    ]);
    const { status } = await tryUpload(target, '/uploads/left.txt', 'text');
    target.setFaults([]);
    expect(status).toBe(503);

    const { fileId } = await uploadText(target, '/uploads/left.txt', 'text');
    expect((await readVersions(target, fileId)).at(-1)?.text).toBe('text');
  }),
  elsewhere(
    'UPL-002',
    'every field of a form that writes to the storage is bound',
    'test/handlers/upload-grants.test.ts',
  ),
  elsewhere('UPL-005', 'a form for one folder does not write into another', 'test/handlers/upload-grants.test.ts'),
  elsewhere(
    'UPL-012',
    'parts that are missing, swapped, damaged or beyond the last',
    'test/handlers/large-uploads.test.ts',
  ),
  elsewhere(
    'UPL-013',
    'uploads that are abandoned, and bytes that come too late',
    'test/core/library/jobs/end-unfinished.test.ts',
  ),
  elsewhere(
    'UPL-017',
    'redirects, huge, slow and endless answers of a URL that is imported',
    'test/remote/hostile-answers.test.ts',
  ),
  attack('UPL-020', 'details beyond every limit are refused', async (target) => {
    const { fileId } = await uploadText(target, '/uploads/details.txt', 'text');
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const bodies = [
      JSON.stringify({ tags: Array.from({ length: 10_000 }, (_, index) => `tag ${index}`) }),
      JSON.stringify({ description: 'x'.repeat(1_048_576) }),
      `{"customMetadata":{"deep":${deep}}}`,
      `{"description":"\\ud800"}`,
    ];
    for (const body of bodies) {
      const { status } = await target.api('PATCH', `/v1/files/${fileId}/details`, body);
      expect([400, 413, 422], body.slice(0, 40)).toContain(status);
    }
    const invalid = await call(target, 'GET', `/v1/files/${fileId}/details`);
    expect(invalid.status).toBe(200);
  }),
];
