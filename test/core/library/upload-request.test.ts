import { expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { Problem } from '../../../lambda/core/kernel/problems.ts';
import type { FormFile } from '../../../lambda/core/library/upload-form.ts';
import { readUploadRequest } from '../../../lambda/core/library/upload-request.ts';

const bytes = new TextEncoder().encode('bytes of a file');
const binary: FormFile = { bytes, contentType: 'image/png' };

function form(fields: Record<string, string | string[]>, file: FormFile | undefined = binary) {
  const entries = Object.entries(fields).map(([name, value]) => [name, [value].flat()] as const);
  return { fields: new Map(entries), ...(file && { file }) };
}

const withoutFile = (fields: Record<string, string | string[]>) => ({ fields: form(fields).fields });

function refusal(read: () => unknown): Problem {
  try {
    read();
  } catch (error) {
    return error as Problem;
  }
  throw new Error('nothing was refused');
}

test('the defaults are those of ImageKit', () => {
  const { source, ...rest } = readUploadRequest(form({ fileName: 'a b.jpg' }));

  expect(source).toEqual({ kind: 'bytes', bytes, claimedType: 'image/png' });
  expect(rest).toEqual({
    name: 'a_b.jpg',
    folder: '/',
    unique: true,
    overwrite: true,
    overwriteTags: true,
    overwriteAITags: true,
    post: [],
    extensions: [],
    overwriteCustomMetadata: true,
    responseFields: [],
  });
});

test('every supported parameter is read', () => {
  const fields = {
    fileName: 'a.jpg',
    folder: 'x/y',
    useUniqueFileName: 'false',
    overwriteFile: 'false',
    overwriteTags: 'false',
    overwriteAITags: 'true',
    overwriteCustomMetadata: 'false',
    tags: 'one, two,,one',
    isPrivateFile: 'true',
    isPublished: 'true',
    customCoordinates: '10, 20,30,40',
    description: 'A picture',
    responseFields: 'tags,customMetadata',
    extensions: '[]',
    customMetadata: '{"price":5}',
    webhookUrl: '',
    somethingElse: 'is ignored',
  };

  expect(readUploadRequest(form(fields))).toMatchObject({
    folder: '/x/y',
    unique: false,
    overwrite: false,
    overwriteTags: false,
    overwriteCustomMetadata: false,
    customMetadata: { price: 5 },
    tags: ['one', 'two'],
    isPrivate: true,
    customCoordinates: '10,20,30,40',
    description: 'A picture',
    responseFields: ['tags', 'customMetadata'],
  });
});

test.each([
  ['publicKey', 'public_abc'],
  ['token', 'abc'],
  ['expire', '1700000000'],
  ['signature', 'abc'],
  ['extensions', '[{"name":"paint"}]'],
  ['extensions', '{"name":"remove-bg"}'],
  ['extensions', 'remove-bg'],
  ['extensions', '[{"name":"saved-extension"}]'],
  ['webhookUrl', 'ftp://example.com/hook'],
  ['transformation', 'w-100'],
  ['transformation', '[]'],
  ['transformation', '{"pre":7}'],
  ['transformation', '{"before":"w-100"}'],
  ['transformation', '{"post":"w-100"}'],
  ['transformation', '{"post":[{"type":"transformation"}]}'],
  ['transformation', '{"post":[{"type":"abs","protocol":"hls","value":"sr-240"}]}'],
  ['transformation', `{"post":${JSON.stringify(Array(6).fill({ type: 'transformation', value: 'w-1' }))}}`],
  ['checks', 'file.size is small'],
  ['isPublished', 'no'],
  ['useUniqueFileName', 'yes'],
  ['isPrivateFile', '1'],
  ['overwriteAITags', 'maybe'],
  ['customCoordinates', '1,2,3'],
  ['customCoordinates', '1,2,0,4'],
  ['customCoordinates', '-1,2,3,4'],
  ['tags', '50%'],
  ['responseFields', 'colours'],
])('%s = %s is refused by name', (name, value) => {
  const error = refusal(() => readUploadRequest(form({ fileName: 'a.jpg', [name]: value })));

  expect(error.code).toBe('upload.invalid-parameter');
  expect(error.message).toContain(name);
});

test('tags are bounded by their characters together', () => {
  const tags = (characters: number) => ['a'.repeat(characters - 1), 'b'].join(',');

  expect(readUploadRequest(form({ fileName: 'a.jpg', tags: tags(LIMITS.tagCharacters) })).tags).toHaveLength(2);
  expect(refusal(() => readUploadRequest(form({ fileName: 'a.jpg', tags: tags(501) }))).message).toContain('500');
});

test('a repeated parameter needs one value', () => {
  expect(readUploadRequest(form({ fileName: ['a.jpg', 'a.jpg'] })).name).toBe('a.jpg');
  expect(refusal(() => readUploadRequest(form({ fileName: ['a.jpg', 'b.jpg'] }))).message).toContain('fileName');
});

test.each([
  ['fileName', form({})],
  ['fileName', form({ fileName: '' })],
  ['file', withoutFile({ fileName: 'a.jpg' })],
  ['file', withoutFile({ fileName: 'a.jpg', file: ' ' })],
  ['file', form({ fileName: 'a.jpg' }, { bytes: new Uint8Array(), contentType: 'image/png' })],
])('a missing %s is named', (name, given) => {
  const error = refusal(() => readUploadRequest(given));

  expect(error.code).toBe('upload.missing-parameter');
  expect(error.message).toContain(`parameter ${name} is`);
});

test.each(['[1]', '5', 'null', '"x"', '{', '{"a":1}x'])('customMetadata = %s is no JSON object', (customMetadata) => {
  expect(refusal(() => readUploadRequest(form({ fileName: 'a.jpg', customMetadata }))).message).toContain(
    'customMetadata is a JSON object',
  );
});

test('customMetadata has a limit, which is told', () => {
  const customMetadata = JSON.stringify({ a: 'x'.repeat(20_000) });

  expect(refusal(() => readUploadRequest(form({ fileName: 'a.jpg', customMetadata }))).message).toBe(
    'customMetadata may have at most 20000 bytes.',
  );
});

test('a path that is too long is refused before it is looked for', () => {
  const long = 'x'.repeat(LIMITS.pathBytes);

  expect(refusal(() => readUploadRequest(form({ fileName: 'a.jpg', folder: long }))).message).toContain('900 bytes');
  expect(refusal(() => readUploadRequest(form({ fileName: long }))).message).toContain('900 bytes');
});

test('what is to be done beside storing is read', () => {
  const fields = {
    fileName: 'a.jpg',
    isPublished: 'False',
    transformation: '{"pre":"w-100","post":[{"type":"transformation","value":"h-20"}]}',
    checks: '"file.size" < 10',
    extensions: '[{"name":"remove-bg","options":{}},{"name":"saved-extension","id":"x"}]',
    webhookUrl: 'https://example.com/hook',
  };

  expect(readUploadRequest(form(fields))).toMatchObject({
    isPublished: false,
    pre: 'w-100',
    post: ['h-20'],
    checks: { field: 'file.size' },
    extensions: [{ name: 'remove-bg' }, { name: 'saved-extension', id: 'x' }],
    webhookUrl: 'https://example.com/hook',
  });
});

test.each<Record<string, string | string[]>>([
  { tags: 'one,two' },
  { tags: ['one', 'two'] },
  { 'tags[]': ['one', 'two'] },
  { 'tags[0]': 'one', 'tags[1]': 'two' },
  { tags: '["one", "two"]' },
  { tags: [' one', 'two,one'] },
])('tags are read as the SDK of any language sends them: %j', (fields) => {
  expect(readUploadRequest(form({ fileName: 'a.jpg', ...fields })).tags).toEqual(['one', 'two']);
});

test.each(['true', 'True', 'TRUE', ' true '])('%j is true', (isPrivateFile) => {
  expect(readUploadRequest(form({ fileName: 'a.jpg', isPrivateFile })).isPrivate).toBe(true);
});
