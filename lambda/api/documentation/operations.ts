import * as z from 'zod';
import { once } from '../../core/kernel/once.ts';
import type { AnyOperation } from '../operation.ts';
import { defineOperation } from '../operation.ts';
import { nothing } from '../schemas/parameters.ts';
import { openApiDocument } from './openapi.ts';
import { documentationPage, PAGE_HEADERS } from './page.ts';

/** The documentation of an API, made once when it is asked for. @param operations all of it, these two included */
export function documentationOperations(operations: () => readonly AnyOperation[]): readonly AnyOperation[] {
  const document = once(() => openApiDocument(operations()));
  const page = once(() => documentationPage(operations()));
  return [
    defineOperation({
      id: 'documentation.openapi',
      methods: ['GET'],
      paths: ['/v1/openapi.json'],
      access: { public: 'It describes the software, not this deployment.' },
      resource: 'documentation',
      input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
      answer: { status: 200, schema: () => z.looseObject({ openapi: z.string() }) },
      problems: [],
      audit: { none: 'It only reads.' },
      rateClass: 'read',
      sentence: 'Gives the OpenAPI 3.1 document of this API.',
      example: {},
      run: async () => document() as { readonly openapi: string },
    }),
    defineOperation({
      id: 'documentation.page',
      methods: ['GET'],
      paths: ['/docs', '/'],
      access: { public: 'It describes the software, not this deployment.' },
      resource: 'documentation',
      input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
      answer: { status: 200, schema: () => z.string(), mediaType: 'text/html; charset=utf-8', headers: PAGE_HEADERS },
      problems: [],
      audit: { none: 'It only reads.' },
      rateClass: 'read',
      sentence: 'Gives this API as a page to read.',
      example: {},
      run: async () => page(),
    }),
  ];
}
