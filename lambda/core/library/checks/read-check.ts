import { LIMITS } from '../../../contract/limits.ts';
import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';
import type { Check, CheckValue } from './check.ts';
import type { CheckOperator } from './check-fields.ts';
import { CHECK_FIELDS, CHECK_OPERATORS_OF, CUSTOM_PREFIX } from './check-fields.ts';

interface Token {
  readonly kind: 'quoted' | 'word' | 'sign';
  readonly text: string;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

/** Levels of round brackets; each is a call of the reader in itself. */
const DEPTH = 20;

/** Strings in either kind of quotes with backslash escapes, signs, and words up to the next sign or space. */
const TOKEN = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(<=|>=|[()[\],:=<>])|([^\s()[\],:=<>"']+)/y;

/**
 * Reads the parameter `checks` (ImageKit, "Upload file"): comparisons with AND, which binds tighter, and OR, in round brackets
 * where need be; keywords in either case.
 * @throws Problem upload.invalid-parameter
 */
export function readCheck(text: string): Check {
  if (text.length > LIMITS.checkCharacters) throw invalid(`may have at most ${LIMITS.checkCharacters} characters`);
  const reader: Reader = { tokens: toTokens(text), at: 0, depth: 0 };
  const check = readAny(reader);
  const rest = peek(reader);
  if (rest) throw invalid(`has ${shown(rest)} where it could end`);
  return check;
}

const invalid = (fault: string): Problem => problem('upload.invalid-parameter', `checks ${fault}.`);

const shown = (token: Token | undefined): string => (token ? `"${token.text.slice(0, 60)}"` : 'its end');

function toTokens(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw invalid(`cannot be read at "${text.slice(at, at + 20)}"`);
    const [whole, double, single, sign, word] = found;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replace(/\\(.)/gs, '$1') });
    else tokens.push({ kind: sign === undefined ? 'word' : 'sign', text: sign ?? word ?? '' });
    at += whole.length;
  }
  return tokens;
}

const peek = ({ tokens, at }: Reader): Token | undefined => tokens[at];

/** Takes the next token when it is this keyword or sign. */
function take(reader: Reader, text: string): boolean {
  const token = peek(reader);
  if (!token || token.kind === 'quoted' || token.text.toUpperCase() !== text) return false;
  reader.at++;
  return true;
}

function readAny(reader: Reader): Check {
  const of = [readAll(reader)];
  while (take(reader, 'OR')) of.push(readAll(reader));
  return of.length === 1 && of[0] ? of[0] : { kind: 'any', of };
}

function readAll(reader: Reader): Check {
  const of = [readOne(reader)];
  while (take(reader, 'AND')) of.push(readOne(reader));
  return of.length === 1 && of[0] ? of[0] : { kind: 'all', of };
}

function readOne(reader: Reader): Check {
  if (!take(reader, '(')) return readComparison(reader);
  if (++reader.depth > DEPTH) throw invalid(`may have at most ${DEPTH} levels of brackets`);
  const check = readAny(reader);
  if (!take(reader, ')')) throw invalid(`needs a ")" before ${shown(peek(reader))}`);
  reader.depth--;
  return check;
}

function readComparison(reader: Reader): Check {
  const field = readField(reader);
  const operator = readOperator(reader);
  const kind = CHECK_FIELDS[field];
  if (kind && !CHECK_OPERATORS_OF[kind].includes(operator)) {
    throw invalid(`may compare ${field} with ${CHECK_OPERATORS_OF[kind].join(', ')}, not with ${operator}`);
  }
  return { kind: 'comparison', field, operator, values: readValues(reader) };
}

function readField(reader: Reader): string {
  const token = peek(reader);
  if (!token || token.kind === 'sign') throw invalid(`needs the name of a field instead of ${shown(token)}`);
  reader.at++;
  const isKnown = Object.hasOwn(CHECK_FIELDS, token.text);
  const isCustom = token.text.startsWith(CUSTOM_PREFIX) && token.text.length > CUSTOM_PREFIX.length;
  if (isKnown || isCustom) return token.text;
  throw invalid(
    `knows no field ${shown(token)}; there are ${Object.keys(CHECK_FIELDS).join(', ')} and ${CUSTOM_PREFIX}NAME`,
  );
}

function readOperator(reader: Reader): CheckOperator {
  const negation = take(reader, 'NOT') ? 'NOT ' : '';
  for (const one of ['<=', '>=', '=', '<', '>', ':', 'IN', 'HAS']) {
    if (!take(reader, one)) continue;
    if (!negation || ['=', 'IN', 'HAS'].includes(one)) return `${negation}${one}` as CheckOperator;
    break;
  }
  throw invalid(`needs =, NOT =, :, IN, NOT IN, HAS, NOT HAS, <, <=, > or >= before ${shown(peek(reader))}`);
}

function readValues(reader: Reader): readonly CheckValue[] {
  if (!take(reader, '[')) return [readValue(reader)];
  const values = [readValue(reader)];
  while (take(reader, ',')) values.push(readValue(reader));
  if (!take(reader, ']')) throw invalid(`needs a "]" before ${shown(peek(reader))}`);
  return values;
}

function readValue(reader: Reader): CheckValue {
  const token = peek(reader);
  if (!token || token.kind === 'sign') throw invalid(`needs a value instead of ${shown(token)}`);
  reader.at++;
  if (token.kind === 'quoted') return token.text;
  if (/^(true|false)$/i.test(token.text)) return token.text.toLowerCase() === 'true';
  return /^-?\d+(\.\d+)?$/.test(token.text) ? Number(token.text) : token.text;
}
