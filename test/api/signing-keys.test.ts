import { expect, test } from 'vitest';
import { parsedBody } from './parsed-body.ts';

test('times are brought to UTC; none is needed', async () => {
  expect(await parsedBody('signing-keys.create', {})).toEqual({});
  expect(await parsedBody('signing-keys.create', { endsAt: '2026-12-01T00:00:00+02:00' })).toEqual({
    endsAt: '2026-11-30T22:00:00.000Z',
  });
});

test.each([
  [[], 'The body must be an object.'],
  [null, 'The body must be an object.'],
  [{ start: '2026-11-25T12:00:00Z' }, 'The body has no member "start"; there are startsAt, endsAt.'],
  [{ startsAt: 'tomorrow' }, 'startsAt must be a time such as 2026-12-31T23:59:00Z.'],
  [{ endsAt: '2026-13-25T12:00:00Z' }, 'endsAt must be a time such as 2026-12-31T23:59:00Z.'],
])('%j is refused', async (body, message) => {
  const refusal = { code: 'input.invalid', status: 400, message };

  await expect(parsedBody('signing-keys.create', body)).rejects.toMatchObject(refusal);
});
