import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../lambda/api/documentation/openapi.ts';
import { OPERATIONS } from '../../lambda/api/table.ts';

type Items = Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;

const document = openApiDocument(OPERATIONS);
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
    const declared = OPERATIONS.reduce((sum, { methods, paths }) => sum + methods.length * paths.length, 0);

    expect(calls).toHaveLength(declared);
    expect(new Set(calls.map(({ operationId }) => operationId)).size).toBe(declared);
  });
});
