import { expect, test } from 'vitest';
import { parsedBody } from './parsed-body.ts';

test('a reason is enough; times are brought to UTC', async () => {
  expect(await parsedBody('takedowns.create', { reason: ' court order ' })).toEqual({ reason: 'court order' });
  expect(await parsedBody('takedowns.create', { reason: 'x', until: '2026-12-01T00:00:00+02:00' })).toEqual({
    reason: 'x',
    until: '2026-11-30T22:00:00.000Z',
  });
});

test.each([
  [{}, 'reason is required: it must be a text of 1 to 500 characters in one line.'],
  [{ reason: 'x', scope: 'y' }, 'The body has no member "scope"; there are reason, reference, author, until.'],
  [{ reason: 'x', reference: '' }, 'reference must be a text of 1 to 500 characters in one line.'],
  [{ reason: 'x', author: 'a'.repeat(101) }, 'author must be a text of 1 to 100 characters in one line.'],
  [{ reason: 'x', until: 'soon' }, 'until must be a time such as 2026-12-31T23:59:00Z.'],
  [[], 'The body must be an object.'],
])('%j is refused', async (body, message) => {
  const refusal = { code: 'input.invalid', status: 400, message };

  await expect(parsedBody('takedowns.create', body)).rejects.toMatchObject(refusal);
});
