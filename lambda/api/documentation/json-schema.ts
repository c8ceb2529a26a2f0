import * as z from 'zod';

/** JSON, as OpenAPI 3.1 has it. */
export type Json = Readonly<Record<string, unknown>>;

/** A schema as JSON Schema. What is only known by running it is left open. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...shown } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return shown;
}
