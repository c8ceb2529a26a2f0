import { isIPv4 } from 'node:net';

/** An event pattern of EventBridge, as in the `EventPattern` of AWS::Events::Rule. */
export type EventPattern = { readonly [key: string]: unknown };

type Matches = (value: unknown) => boolean;

/**
 * Compiles an event pattern ("Comparison operators for use in event patterns"). A key of the pattern must be in the
 * event; a list holds alternatives; an array in the event matches when one of its elements does.
 * @throws for an operator or a shape that is not known, so that no rule silently never matches
 */
export function compilePattern(pattern: EventPattern): Matches {
  const fields = Object.entries(pattern).map(([key, condition]) => compileField(key, condition));
  if (fields.length === 0) throw new Error('An event pattern must have at least one key.');
  return (event) => fields.every((matches) => matches(event));
}

function compileField(key: string, condition: unknown): Matches {
  if (key === '$or') return compileOr(condition);
  if (Array.isArray(condition)) {
    if (condition.length === 0) throw new Error(`The pattern of "${key}" is an empty list.`);
    const alternatives = condition.map(compileAlternative);
    return (event) => {
      const value = member(event, key);
      const values = Array.isArray(value) && value.length > 0 ? value : [value];
      return values.some((one) => alternatives.some((matches) => matches(one)));
    };
  }
  if (!isObject(condition)) throw new Error(`The pattern of "${key}" must be a list or an object.`);
  const nested = compilePattern(condition);
  return (event) => {
    const value = member(event, key);
    // A missing object can still satisfy { exists: false } of its members.
    return Array.isArray(value) ? value.some(nested) : nested(value);
  };
}

function compileOr(condition: unknown): Matches {
  if (!Array.isArray(condition) || condition.length < 2 || !condition.every(isObject)) {
    throw new Error('$or must be a list of at least two patterns.');
  }
  const alternatives = condition.map(compilePattern);
  return (event) => alternatives.some((matches) => matches(event));
}

function compileAlternative(alternative: unknown): Matches {
  if (!isObject(alternative)) return (value) => value === alternative;
  const entries = Object.entries(alternative);
  const [operator, operand] = entries[0] ?? [];
  const compile = operator !== undefined && Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (entries.length !== 1 || !compile) throw new Error(`Unknown operator in ${JSON.stringify(alternative)}.`);
  return compile(operand);
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => Matches>> = {
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw new Error('exists must be true or false.');
    return (value) => (value !== undefined) === operand;
  },
  prefix: (operand) => textual('prefix', operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => textual('suffix', operand, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand) => textual('equals-ignore-case', ignoreCase(operand), (text, part) => text === part),
  wildcard: (operand) => {
    if (typeof operand !== 'string') throw new Error('wildcard must be a text.');
    const expression = wildcardExpression(operand);
    return (value) => typeof value === 'string' && expression.test(value);
  },
  numeric: compileNumeric,
  cidr: compileCidr,
  'anything-but': compileAnythingBut,
};

/** A comparison of texts; `{ "equals-ignore-case": part }` as operand compares without regard to case. */
function textual(operator: string, operand: unknown, compare: (text: string, part: string) => boolean): Matches {
  if (typeof operand === 'string') return (value) => typeof value === 'string' && compare(value, operand);
  const part = isObject(operand) ? operand['equals-ignore-case'] : undefined;
  if (typeof part !== 'string') throw new Error(`${operator} must be a text.`);
  const lower = part.toLowerCase();
  return (value) => typeof value === 'string' && compare(value.toLowerCase(), lower);
}

const ignoreCase = (operand: unknown): unknown => ({ 'equals-ignore-case': operand });

/** `*` stands for any text, `\*` for a star and `\\` for a backslash. */
function wildcardExpression(text: string): RegExp {
  const source = text.replace(/\\[*\\]|[\s\S]/g, (token) => {
    if (token === '*') return '[\\s\\S]*';
    const character = token.length === 2 ? token.slice(1) : token;
    return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

function compileNumeric(operand: unknown): Matches {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1) {
    throw new Error('numeric must be a list of comparisons and numbers.');
  }
  const tests = Array.from({ length: operand.length / 2 }, (_, index) => {
    const compare = COMPARISONS[String(operand[index * 2])];
    const bound: unknown = operand[index * 2 + 1];
    if (!compare || typeof bound !== 'number') throw new Error('numeric must be a list of comparisons and numbers.');
    return (value: number) => compare(value, bound);
  });
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function compileCidr(operand: unknown): Matches {
  const [, network = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(String(operand)) ?? [];
  if (!isIPv4(network) || Number(bits) > 32) throw new Error('cidr must be an IPv4 block.');
  const size = 2 ** (32 - Number(bits));
  const block = Math.floor(addressNumber(network) / size);
  return (value) => typeof value === 'string' && isIPv4(value) && Math.floor(addressNumber(value) / size) === block;
}

function addressNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The operand is a value, a list of values, or one text operator with a text or a list of texts. */
function compileAnythingBut(operand: unknown): Matches {
  const refused = isObject(operand) ? refusedByOperator(operand) : asList(operand).map(compileAlternative);
  return (value) => value !== undefined && !refused.some((matches) => matches(value));
}

function refusedByOperator(operand: Readonly<Record<string, unknown>>): Matches[] {
  const [operator, held] = Object.entries(operand)[0] ?? [];
  if (!['prefix', 'suffix', 'wildcard', 'equals-ignore-case'].includes(operator ?? '')) {
    throw new Error(`Unknown operator in anything-but ${JSON.stringify(operand)}.`);
  }
  return asList(held).map((one) => compileAlternative({ [operator as string]: one }));
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function member(event: unknown, key: string): unknown {
  return isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
