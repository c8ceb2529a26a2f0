import { expect, test } from 'vitest';
import { defineOperation } from '../../lambda/api/operation.ts';
import { nothing } from '../../lambda/api/schemas/parameters.ts';
import { API_OPERATIONS, operationTable } from '../../lambda/api/table.ts';

const [first, ...others] = API_OPERATIONS;

test('an operation cannot be declared twice, nor another one for its calls', () => {
  if (!first) throw new Error('There are no operations.');

  expect(() => operationTable([first, ...others, first])).toThrow(`The API declares ${first.id} twice.`);
  expect(() => operationTable([first, { ...first, id: 'another' }])).toThrow(
    `The API declares ${first.methods[0]} ${first.paths[0]} twice.`,
  );
});

test('two names of one parameter are one path', () => {
  const operation = (id: string, path: string) => ({
    ...(first as (typeof API_OPERATIONS)[number]),
    id,
    paths: [path] as const,
  });

  expect(() => operationTable([operation('a', '/v1/x/:id'), operation('b', '/v1/x/:name')])).toThrow('twice');
});

test('every operation says what it does in a sentence', () => {
  for (const { id, sentence } of API_OPERATIONS) expect(sentence, id).toMatch(/^[A-Z].{10,}\.$/);
});

test('schemas are made once, and not before they are needed', () => {
  let made = 0;
  const operation = defineOperation({
    ...(first as (typeof API_OPERATIONS)[number]),
    input: () => {
      made++;
      return { path: nothing(), query: nothing(), body: { kind: 'none' } };
    },
    answer: { status: 204, schema: () => expect.unreachable('Nobody asks for it.') },
  });

  expect(made).toBe(0);
  expect(operation.input).toBe(operation.input);
  expect(made).toBe(1);
});
