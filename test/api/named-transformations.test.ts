import { expect, test } from 'vitest';
import { parsedBody } from './parsed-body.ts';

const NAME = 'name must be 1 to 100 letters, digits and underscores.';
const TEXT = 'transformation must be a transformation of 1 to 4000 characters.';

test('a name and its transformation are enough', async () => {
  const body = { name: 'thumb_1', transformation: 'w-1' };

  expect(await parsedBody('named-transformations.create', body)).toEqual(body);
});

test('a change gives what it changes, by the same rules', async () => {
  const update = 'named-transformations.update';

  expect(await parsedBody(update, {})).toEqual({});
  expect(await parsedBody(update, { enabled: false })).toEqual({ enabled: false });
  await expect(parsedBody(update, { name: 'a-b' })).rejects.toMatchObject({ code: 'input.invalid', message: NAME });
});

test.each([
  [{}, 'name is required: it must be 1 to 100 letters, digits and underscores.'],
  [{ name: 'a' }, 'transformation is required: it must be a transformation of 1 to 4000 characters.'],
  [{ name: 'a-b', transformation: 'w-1' }, NAME],
  [{ name: 'ä', transformation: 'w-1' }, NAME],
  [{ name: '', transformation: 'w-1' }, NAME],
  [{ name: 'a', transformation: '' }, TEXT],
  [{ name: 'a', transformation: ' ' }, TEXT],
  [{ name: 'a', transformation: 'w'.repeat(4001) }, TEXT],
  [{ name: 'a', transformation: 'w-1', enabled: 1 }, 'enabled must be true or false.'],
  [
    { name: 'a', transformation: 'w-1', colour: 1 },
    'The body has no member "colour"; there are name, transformation, enabled.',
  ],
  [[], 'The body must be an object.'],
])('%j is refused', async (body, message) => {
  const refusal = { code: 'input.invalid', status: 400, message };

  await expect(parsedBody('named-transformations.create', body)).rejects.toMatchObject(refusal);
});
