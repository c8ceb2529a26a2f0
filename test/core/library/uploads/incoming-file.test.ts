import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Problem } from '../../../../lambda/core/kernel/problems.ts';
import { readFileSource } from '../../../../lambda/core/library/file-source.ts';
import type { IncomingPart } from '../../../../lambda/core/library/uploads/incoming-file.ts';
import { readIncomingFile } from '../../../../lambda/core/library/uploads/incoming-file.ts';

async function* inPieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What a part holds, all of its bytes read. */
async function held(content: string | Uint8Array, changes: Partial<IncomingPart> = {}, size = 1000) {
  const part = { contentType: 'text/plain', partName: undefined, fileName: 'a.png', ...changes };
  const incoming = await readIncomingFile({ ...part, bytes: inPieces(content, size) });
  if (incoming.kind === 'text') return incoming;
  const bytes: Uint8Array[] = [];
  for await (const chunk of incoming.bytes) bytes.push(chunk);
  return { ...incoming, bytes: Buffer.concat(bytes) };
}

const refused = (content: string, changes?: Partial<IncomingPart>) =>
  held(content, changes).then(
    () => undefined,
    (error: unknown) => (error instanceof Problem ? error.code : error),
  );

const long = Buffer.alloc(50_000, 'any bytes of a file. ');

it('a binary part is its bytes, with the type that its sender gave', async () => {
  const part = { partName: 'a.png', contentType: 'image/png' };

  expect(await held(long, part)).toEqual({ kind: 'bytes', bytes: long, claimedType: 'image/png' });
});

it('base64 of any length of pieces is decoded, in both alphabets, with line breaks and without padding', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 7000, maxLength: 9000 }),
      fc.integer({ min: 1, max: 3000 }),
      fc.boolean(),
      async (bytes, size, isForUrls) => {
        const text = Buffer.from(bytes)
          .toString(isForUrls ? 'base64url' : 'base64')
          .replace(/(.{76})/g, '$1\r\n');
        const found = await held(text, {}, size);

        expect(found).toEqual({ kind: 'bytes', bytes: Buffer.from(bytes) });
      },
    ),
    { numRuns: 40 },
  );
});

it('a data URI in base64 has its type; one that is not is left to whoever reads short texts', async () => {
  expect(await held(`data:Image/PNG;base64,${long.toString('base64')}`)).toEqual({
    ...{ kind: 'bytes', bytes: long, claimedType: 'image/png' },
  });
  const escaped = `data:,${'a'.repeat(20_000)}`;
  expect(await held(escaped)).toEqual({ kind: 'text', text: escaped });
  expect(await refused(`data:,${'a'.repeat(600_000)}`)).toBe('upload.too-large');
});

it('short text is left to whoever reads all texts', async () => {
  expect(await held('https://example.com/a.png')).toEqual({ kind: 'text', text: 'https://example.com/a.png' });
});

it('a part of text that has a file name holds a file as text, unless text is what it is', async () => {
  const part = { partName: 'a.png', contentType: 'text/plain' };
  const base64 = long.toString('base64');

  expect(await held(base64, part)).toEqual({ kind: 'bytes', bytes: long });
  expect(await held(base64, { ...part, fileName: 'a.txt' })).toMatchObject({ bytes: Buffer.from(base64) });
  expect(await held(long, part)).toEqual({ kind: 'bytes', bytes: long, claimedType: 'text/plain' });
});

it.each([
  ['text that is none', '§'.repeat(9000)],
  ['a sign in the middle', `${'A'.repeat(9000)}!`],
  ['padding in the middle', `${'A'.repeat(8999)}=AAAA`],
  ['three of padding', `${'A'.repeat(9001)}===`],
  ['one digit too many', 'A'.repeat(9001)],
])('%s is refused, as where all of it is known', async (_, text) => {
  expect(await refused(text)).toBe('upload.invalid-parameter');
  expect(() => readFileSource({ fields: new Map([['file', [text]]]) }, 'a.png')).toThrow(Problem);
});
