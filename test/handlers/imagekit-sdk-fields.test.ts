import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* Custom metadata by ImageKit's SDK, unchanged. */
let client: LibraryClient;

beforeAll(async () => {
  client = await startLibraryClient();
});

afterAll(() => client?.close());

const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    ({ status }: { status: number }) => status,
  );

const upload = (fileName: string, more: object = {}) =>
  client.imagekit.files.upload({ file: 'aGVsbG8=', fileName, useUniqueFileName: false, ...more });

describe('fields', () => {
  it('are made, listed, changed and deleted; a name is taken for good, a label while its field lives', async () => {
    const { customMetadataFields: fields } = client.imagekit;
    const made = await fields.create({ name: 'room', label: 'Room', schema: { type: 'Text', maxLength: 9 } });

    expect(made).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'room', schema: { type: 'Text' } });
    const changed = await fields.update(made.id, { schema: { minLength: 1 } });
    expect(changed.schema).toEqual({ type: 'Text', minLength: 1, maxLength: 9 });
    expect((await fields.list()).map(({ name }) => name)).toEqual(['room']);
    expect(await statusOf(fields.create({ name: 'other', label: 'Room', schema: { type: 'Text' } }))).toBe(400);

    await fields.delete(made.id);
    expect([await fields.list(), (await fields.list({ includeDeleted: true })).length]).toEqual([[], 1]);
    expect(await statusOf(fields.create({ name: 'room', label: 'New', schema: { type: 'Text' } }))).toBe(400);
    expect(await statusOf(fields.update(made.id, { label: 'x' }))).toBe(400);
    expect(await statusOf(fields.delete('0'.repeat(24)))).toBe(404);
    expect((await fields.create({ name: 'hall', label: 'Room', schema: { type: 'Text' } })).label).toBe('Room');
  });

  it('are listed as they were made', async () => {
    const { customMetadataFields: fields } = client.imagekit;
    const names = ['zeta', 'alpha', 'mid', 'beta', 'omega'];
    for (const name of names) await fields.create({ name, label: name, schema: { type: 'Boolean' } });

    expect((await fields.list()).map(({ name }) => name).filter((name) => names.includes(name))).toEqual(names);
  });

  it('that many make at once are all made', async () => {
    const { customMetadataFields: fields } = client.imagekit;
    const names = Array.from({ length: 6 }, (_, at) => `many-${at}`);
    await Promise.all(names.map((name) => fields.create({ name, label: name, schema: { type: 'Boolean' } })));

    expect((await fields.list()).map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });
});

describe('values', () => {
  it('are given with an upload, changed by an update, and shown', async () => {
    const { imagekit } = client;
    await imagekit.customMetadataFields.create({
      name: 'licence',
      label: 'Licence',
      schema: { type: 'SingleSelect', selectOptions: ['own', 'stock'], isValueRequired: true, defaultValue: 'own' },
    });
    await imagekit.customMetadataFields.create({
      name: 'price',
      label: 'Price',
      schema: { type: 'Number', minValue: 0 },
    });
    const { fileId = '', customMetadata } = await upload('a.txt', {
      customMetadata: { price: 5 },
      responseFields: ['customMetadata'],
    });

    expect(customMetadata).toEqual({ licence: 'own', price: 5 });
    await imagekit.files.update(fileId, { customMetadata: { licence: 'stock', price: null as never } });
    expect((await imagekit.files.get(fileId)).customMetadata).toEqual({ licence: 'stock' });
    expect(await statusOf(imagekit.files.update(fileId, { customMetadata: { licence: 'stolen' } }))).toBe(400);
    expect(await statusOf(upload('b.txt', { customMetadata: { price: -1 } }))).toBe(400);
  });

  it('of an overwritten file go, or stay where that is asked for', async () => {
    const { imagekit } = client;
    const { fileId = '' } = await upload('kept.txt', { customMetadata: { price: 7 } });
    const shown = async () => (await imagekit.files.get(fileId)).customMetadata;

    await upload('kept.txt', { overwriteCustomMetadata: false });
    expect(await shown()).toMatchObject({ price: 7 });
    await upload('kept.txt');
    expect(await shown()).toEqual({ licence: 'own' });
  });
});
