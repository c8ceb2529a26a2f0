import * as fc from 'fast-check';
import type { CustomField, FieldType } from '../../../../lambda/core/library/custom-fields/custom-field.ts';
import type {
  FieldComparison,
  SearchOperator,
  SearchQuery,
  SearchValue,
} from '../../../../lambda/core/library/search/query.ts';
import type { ValueKind } from '../../../../lambda/core/library/search/search-fields.ts';
import { FORMATS, SEARCH_FIELDS, searchFields } from '../../../../lambda/core/library/search/search-fields.ts';
import { searchWords } from '../../../../lambda/core/library/search/search-words.ts';

const field = (name: string, type: FieldType): CustomField => ({
  ...{ id: name, name, label: name, createdAt: '2026-01-01T00:00:00.000Z' },
  schema: { type, ...(type.endsWith('Select') && { selectOptions: ['red', 'blue', 7, true] }) },
});

/** One of each type. */
export const TEST_FIELDS: readonly CustomField[] = [
  field('note', 'Text'),
  field('stock', 'Number'),
  field('shot', 'Date'),
  field('sold', 'Boolean'),
  field('colour', 'SingleSelect'),
  field('sizes', 'MultiSelect'),
];

export const findTestField = searchFields(TEST_FIELDS);

const NAMES = [...Object.keys(SEARCH_FIELDS), ...TEST_FIELDS.map(({ name }) => `customMetadata.${name}`)];

/** Words that names, tags and texts of random assets are made of, so that queries find some of them. */
export const TEST_WORDS = [
  'coat',
  'blue',
  'Blue',
  'coats',
  'ÉTÉ',
  'été',
  'b',
  '2026',
  'x.y',
  'ß',
  'कोट',
  'it"s',
  'a\\b',
];

export const someText = fc
  .array(fc.constantFrom(...TEST_WORDS), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' ').normalize('NFC'));

export const TEST_FOLDERS = ['/', '/shop', '/shop/summer', '/other'] as const;

const NOW = Date.UTC(2026, 10, 28);
export const someMoment = fc.integer({ min: NOW - 400 * 86_400_000, max: NOW });

const text = (from: fc.Arbitrary<string>): fc.Arbitrary<SearchValue> =>
  from.map((one) => ({ kind: 'text', text: one }));
const degrees = (most: number) => fc.integer({ min: -most * 100, max: most * 100 }).map((value) => value / 100 + 0);
const point = fc.record({ latitude: degrees(90), longitude: degrees(180) });

const VALUES: Readonly<Record<ValueKind, fc.Arbitrary<SearchValue>>> = {
  text: text(
    fc.oneof(
      { weight: 5, arbitrary: someText },
      fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((one) => one.normalize('NFC')),
    ),
  ),
  path: text(fc.constantFrom('/', '/shop/', '/shop/summer/', '/other/', '/none/')),
  type: text(fc.constantFrom('file', 'file-version', 'folder')),
  format: text(fc.constantFrom(...FORMATS)),
  number: fc.integer({ min: -5, max: 2000 }).map((number) => ({ kind: 'number', number })),
  bytes: fc.integer({ min: 0, max: 5000 }).map((number) => ({ kind: 'number', number })),
  moment: fc.oneof(
    someMoment.map((at): SearchValue => ({ kind: 'moment', at })),
    fc.record({
      kind: fc.constant('ago' as const),
      amount: fc.nat(400),
      unit: fc.constantFrom('h', 'd', 'w', 'm', 'y'),
    }),
  ),
  flag: fc.boolean().map((flag) => ({ kind: 'flag', flag })),
  option: fc.oneof(
    text(fc.constantFrom('red', 'blue', '7', 'true')),
    fc.constantFrom<SearchValue>({ kind: 'number', number: 7 }, { kind: 'flag', flag: true }),
  ),
  area: fc.oneof(
    fc.record({ centre: point, kilometres: fc.nat(99_999) }).map((area): SearchValue => ({ kind: 'area', area })),
    fc.tuple(point, point).map((corners): SearchValue => ({ kind: 'area', area: { corners } })),
    fc.tuple(point, point, point, point).map((corners): SearchValue => ({ kind: 'area', area: { corners } })),
  ),
};

const comparison: fc.Arbitrary<FieldComparison> = fc.constantFrom(...NAMES).chain((name) => {
  const { operators, value } = findTestField(name) as NonNullable<ReturnType<typeof findTestField>>;
  return fc
    .constantFrom(...operators)
    .chain((operator) =>
      valuesFor(operator, VALUES[value]).map(
        (values): FieldComparison => ({ kind: 'comparison', field: name, operator, values }),
      ),
    );
});

function valuesFor(operator: SearchOperator, value: fc.Arbitrary<SearchValue>): fc.Arbitrary<readonly SearchValue[]> {
  if (operator.endsWith('EXISTS')) return fc.constant([]);
  if (operator.endsWith('IN')) return fc.array(value, { minLength: 1, maxLength: 3 });
  if (operator === 'HAS') return value.filter(hasWord).map((one) => [one]);
  const isOrder = operator.startsWith('<') || operator.startsWith('>');
  return value.filter((one) => !isOrder || one.kind !== 'text').map((one) => [one]);
}

const hasWord = (value: SearchValue): boolean => value.kind === 'text' && searchWords(value.text).length > 0;

/** Any query of the language over the test's fields. */
export const someQuery: fc.Arbitrary<SearchQuery> = fc.letrec<{ query: SearchQuery }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: comparison },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
      }),
    },
  ),
})).query;
