import { expect, test } from 'vitest';
import { parseInput } from '../../lambda/api/parse-input.ts';
import { operationOf } from './example-calls.ts';

const parse = (id: string, query: string, parameters: Readonly<Record<string, string>> = {}) =>
  parseInput(operationOf(id), parameters, new Request(`https://api.invalid/${query}`));

test('the parameters of path and query are handed on', async () => {
  expect(await parse('rules.list', '?scope=global')).toEqual({ path: {}, query: { scope: 'global' }, body: undefined });
  expect(await parse('rules.get', '', { ruleId: 'r' })).toMatchObject({ path: { ruleId: 'r' } });
});

test.each([
  ['rules.list', '?scope=global&scope=global', 'The query parameter scope may be given once.'],
  ['rules.list', '?scope=a&%73cope=b', 'The query parameter scope may be given once.'],
  ['rules.list', '?Scope=a', 'The query has no member "Scope"; there are scope.'],
  ['rules.list', '?scope=', 'scope must be global or the id of an endpoint.'],
  ['rules.get', '?x', 'The query has no member "x"; there are none.'],
  ['metadata.of-url', '', 'url is required: it must be a URL of this deployment.'],
])('%s with %s is refused', async (id, query, message) => {
  await expect(parse(id, query, id === 'rules.get' ? { ruleId: 'r' } : {})).rejects.toMatchObject({
    code: 'input.invalid',
    status: 400,
    message,
  });
});

test('what a client names is not repeated at length', async () => {
  await expect(parse('rules.list', `?${'n'.repeat(5000)}=1`)).rejects.toThrow(/^.{1,120}$/);
  await expect(parse('rules.get', '', { ruleId: 'x'.repeat(201) })).rejects.toThrow(
    'ruleId may have at most 200 characters.',
  );
});
