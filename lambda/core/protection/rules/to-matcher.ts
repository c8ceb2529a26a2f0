import { domainToASCII } from 'node:url';
import { isCountryCode } from '../../../contract/country-code.ts';
import { LIMITS } from '../../../contract/limits.ts';
import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';
import { foldPath } from '../../request/glob.ts';
import { parseCidr } from './cidr.ts';
import type { Matcher, MatcherType, RuleEffect } from './rule.ts';

export const invalidRule = (message: string): Problem => problem('rule.invalid', message);

/** What a rule looks at, as a caller writes it. */
export interface MatcherInput {
  readonly type: MatcherType;
  readonly values: readonly string[];
  /** Of referrers alone, and required there: what holds without a referrer. */
  readonly withoutReferrer?: RuleEffect | undefined;
}

/** @throws Problem rule.invalid with the limit or the allowed values */
export function toMatcher({ type, values, withoutReferrer }: MatcherInput): Matcher {
  if (type !== 'referrer' && withoutReferrer !== undefined) {
    throw invalidRule('withoutReferrer belongs to rules of type referrer.');
  }
  switch (type) {
    case 'ip':
      return { type, blocks: values.map(parseCidr) };
    case 'country':
      return { type, codes: distinct(values.map(readCountry)) };
    case 'referrer':
      return { type, hosts: distinct(values.map(readHost)), withoutReferrer: required(withoutReferrer) };
    case 'urlPattern':
      return { type, patterns: distinct(values.map(readPattern)) };
  }
}

function readCountry(text: string): string {
  const code = text.toUpperCase();
  if (isCountryCode(code)) return code;
  throw invalidRule(`"${text.slice(0, 60)}" is no country; write ISO 3166-1 alpha-2 codes such as DE.`);
}

/** A host in lower case; international names in the ASCII form that browsers send. */
function readHost(text: string): string {
  const wildcard = text.startsWith('*.');
  const host = domainToASCII(wildcard ? text.slice(2) : text).replace(/\.$/, '');
  const labels = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;
  if (labels.test(host) && !/[/:@?#]/.test(text)) return wildcard ? `*.${host}` : host;
  throw invalidRule(
    `"${text.slice(0, 60)}" is no host; write www.example.com, or *.example.com for every host below example.com.`,
  );
}

function required(withoutReferrer: RuleEffect | undefined): RuleEffect {
  if (withoutReferrer) return withoutReferrer;
  throw invalidRule(
    'A rule of type referrer must say what holds without a referrer: withoutReferrer is allow or block.',
  );
}

/** Folded, see `foldPath`. */
function readPattern(text: string): string {
  const pattern = text.normalize('NFC').replace(/\*{2,}/g, '**');
  const fault = patternFault(pattern);
  if (fault) throw invalidRule(`The URL pattern "${text.slice(0, 60)}" ${fault}.`);
  return foldPath(pattern);
}

function patternFault(pattern: string): string | undefined {
  if (pattern.length > LIMITS.patternCharacters) return `has more than ${LIMITS.patternCharacters} characters`;
  if (!pattern.startsWith('/')) return 'must begin with a slash: it is compared with the path behind the endpoint';
  if (/\/\/|\/\.{1,2}(\/|$)/.test(pattern)) return 'has an empty or dot segment, which no path has';
  if (/[. ](\/|$)/.test(pattern)) return 'has a segment that ends in a dot or blank; these are not looked at';
  if (/[\p{Cc}\\[\]{}]/u.test(pattern)) return 'may use * ** and ? only; \\ [ ] { } and control characters are refused';
  return /%[0-9a-f]{2}/i.test(pattern) ? 'must be written without percent escapes: paths are decoded first' : undefined;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
