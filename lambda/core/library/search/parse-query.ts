import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { FieldComparison, SearchOperator, SearchQuery, SearchValue } from './query.ts';
import type { ScannedText } from './query-scanner.ts';
import { QueryScanner } from './query-scanner.ts';
import { readSearchValue } from './read-value.ts';
import type { FindSearchField, SearchField } from './search-fields.ts';
import { CUSTOM_METADATA, SEARCH_FIELDS } from './search-fields.ts';
import { searchWords } from './search-words.ts';

/** Symbols from the longest, so that `<=` is not taken for `<`. */
const SYMBOLS = ['<=', '>=', '<', '>', '=', ':'] as const;

const AN_OPERATOR = 'an operator (=, NOT =, :, <, <=, >, >=, HAS, IN, NOT IN, EXISTS, NOT EXISTS)';
const A_FIELD = 'a field or "("';

interface Reading {
  readonly scanner: QueryScanner;
  readonly find: FindSearchField;
  comparisons: number;
}

/**
 * Reads a search query (ImageKit, "Advanced search queries"). AND binds tighter than OR; keywords may be in any case.
 * @throws Problem search.invalid that names the place and what may stand there, search.limit
 */
export function parseQuery(text: string, find: FindSearchField): SearchQuery {
  if (text.length > LIMITS.searchQueryCharacters) {
    throw limit(`may have at most ${LIMITS.searchQueryCharacters} characters, it has ${text.length}`);
  }
  const reading: Reading = { scanner: new QueryScanner(text), find, comparisons: 0 };
  const query = readOr(reading, 0);
  if (!reading.scanner.isAtEnd) throw reading.scanner.fault('AND, OR or the end');
  return query;
}

const limit = (rule: string) => problem('search.limit', `searchQuery ${rule}.`);

const readOr = (reading: Reading, depth: number): SearchQuery =>
  readGroup(reading, 'or', () => readAnd(reading, depth));

const readAnd = (reading: Reading, depth: number): SearchQuery =>
  readGroup(reading, 'and', () => readUnit(reading, depth));

function readGroup({ scanner }: Reading, kind: 'and' | 'or', readPart: () => SearchQuery): SearchQuery {
  const first = readPart();
  const parts = [first];
  while (scanner.takeKeyword(kind.toUpperCase())) parts.push(readPart());
  return parts.length === 1 ? first : { kind, parts };
}

function readUnit(reading: Reading, depth: number): SearchQuery {
  const { scanner } = reading;
  if (!scanner.takeSymbol('(')) return readComparison(reading);
  if (depth === LIMITS.searchQueryDepth) throw limit(`may have at most ${LIMITS.searchQueryDepth} levels of brackets`);
  const query = readOr(reading, depth + 1);
  if (!scanner.takeSymbol(')')) throw scanner.fault('AND, OR or ")"');
  return query;
}

function readComparison(reading: Reading): FieldComparison {
  const { scanner } = reading;
  if (++reading.comparisons > LIMITS.searchComparisons) {
    throw limit(`may have at most ${LIMITS.searchComparisons} comparisons`);
  }
  const name = scanner.takeField(A_FIELD);
  const field = findField(reading, name);
  const at = scanner.at;
  const operator = readOperator(scanner);
  if (!field.operators.includes(operator)) {
    const message = `${name.text} takes ${field.operators.join(', ')}, not ${operator}`;
    throw problem('search.invalid', `searchQuery, character ${at + 1}: ${message}.`);
  }
  return { kind: 'comparison', field: name.text, operator, values: readValues(scanner, field, operator) };
}

function findField({ find, scanner }: Reading, { text, at }: ScannedText): SearchField {
  const field = find(text);
  if (field) return field;
  if (text.startsWith(CUSTOM_METADATA)) throw scanner.fault('a custom metadata field of this account', at);
  throw scanner.fault(`a field (${Object.keys(SEARCH_FIELDS).join(', ')}, ${CUSTOM_METADATA}…)`, at);
}

function readOperator(scanner: QueryScanner): SearchOperator {
  if (scanner.takeKeyword('NOT')) {
    if (scanner.takeSymbol('=')) return 'NOT =';
    if (scanner.takeKeyword('IN')) return 'NOT IN';
    if (scanner.takeKeyword('EXISTS')) return 'NOT EXISTS';
    throw scanner.fault('=, IN or EXISTS after NOT');
  }
  for (const word of ['IN', 'HAS', 'EXISTS'] as const) if (scanner.takeKeyword(word)) return word;
  const symbol = SYMBOLS.find((one) => scanner.takeSymbol(one));
  if (symbol === undefined) throw scanner.fault(AN_OPERATOR);
  return symbol;
}

function readValues(scanner: QueryScanner, field: SearchField, operator: SearchOperator): SearchValue[] {
  if (operator === 'EXISTS' || operator === 'NOT EXISTS') return [];
  if (operator === 'IN' || operator === 'NOT IN') return readList(scanner, field);
  return [readOne(scanner, field, operator)];
}

function readList(scanner: QueryScanner, field: SearchField): SearchValue[] {
  if (!scanner.takeSymbol('[')) throw scanner.fault('a list in square brackets');
  const values: SearchValue[] = [];
  do {
    if (values.length === LIMITS.searchListValues) {
      throw limit(`may have at most ${LIMITS.searchListValues} values in a list`);
    }
    values.push(readOne(scanner, field, '='));
  } while (scanner.takeSymbol(','));
  if (!scanner.takeSymbol(']')) throw scanner.fault('"," or "]"');
  return values;
}

function readOne(scanner: QueryScanner, field: SearchField, operator: SearchOperator): SearchValue {
  const scanned = scanner.takeValue('a value');
  const { value, expected } = readSearchValue(field.value, scanned);
  if (value === undefined) throw scanner.fault(expected, scanned.at);
  if (operator === 'HAS' && searchWords(scanned.text).length === 0) {
    throw scanner.fault('a text with a letter or digit', scanned.at);
  }
  if (isOrder(operator) && value.kind === 'text') throw scanner.fault('a number', scanned.at);
  return value;
}

const isOrder = (operator: SearchOperator): boolean => operator.startsWith('<') || operator.startsWith('>');
