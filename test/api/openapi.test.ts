import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../lambda/api/documentation/openapi.ts';
import { API_OPERATIONS } from '../../lambda/api/table.ts';

interface Call {
  readonly operationId: string;
  readonly responses: object;
}

type Items = Readonly<Record<string, Readonly<Record<string, Call>>>>;

const document = openApiDocument(API_OPERATIONS);
const calls = Object.values(document.paths as Items).flatMap((item) => Object.values(item));

describe('the OpenAPI document', () => {
  it('is valid by the specification’s own schema', async () => {
    const result = await new Validator().validate(structuredClone(document));

    expect(result).toMatchObject({ valid: true });
  });

  it('would be found out if it were not', async () => {
    const { info: _, ...broken } = structuredClone(document);

    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('has every path and method of every operation, each under an id of its own', () => {
    const declared = API_OPERATIONS.reduce((sum, { methods, paths }) => sum + methods.length * paths.length, 0);

    expect(calls).toHaveLength(declared);
    expect(new Set(calls.map(({ operationId }) => operationId)).size).toBe(declared);
  });

  it('has examples that its own schemas allow, and real values in them', () => {
    const found = examplesIn(document);

    expect(found.length).toBeGreaterThan(20);
    for (const { where, schema, example } of found) {
      expect([where, isAllowed(schema, example)]).toEqual([where, true]);
    }
    expect(JSON.stringify(document)).not.toMatch(/\{\{/);
    expect(isAllowed({ type: 'object', required: ['a'] }, {})).toBe(false);
  });

  it('has no pattern that other languages cannot read', () => {
    expect(JSON.stringify(document)).not.toMatch(/"pattern":"[^"]*\\\\(p\{|0|u\{)/);
  });

  it('tells every status that a call can get', () => {
    for (const { operationId, responses } of calls) {
      expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(['413', '429', '431', '500', '503']));
    }
  });
});

interface Found {
  readonly where: string;
  readonly schema: object;
  readonly example: unknown;
}

/** Every object with a schema and an example of it. */
function examplesIn(node: unknown, where = ''): Found[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.entries(node).flatMap(([name, value]) => examplesIn(value, `${where}/${name}`));
  const { schema, example } = node as { readonly schema?: object; readonly example?: unknown };
  return schema && example !== undefined ? [...below, { where, schema, example }] : below;
}

function isAllowed(schema: object, example: unknown): boolean {
  return new Ajv2020({ strict: false, validateFormats: false }).validate(schema, example);
}
