import { LIMITS } from '../../../contract/limits.ts';
import { invalidRule, readMatcher, readRecord } from './read-matcher.ts';
import type { RuleDraft, RuleEffect } from './rule.ts';
import { GLOBAL_SCOPE } from './rule.ts';

/** Who wrote a rule when the caller does not say: whoever holds the private key. */
export const DEFAULT_AUTHOR = 'private key';

const MEMBERS = ['scope', 'effect', 'match', 'reason', 'author', 'startsAt', 'endsAt'];

/**
 * Reads a rule as a caller sends it.
 * @param now milliseconds since 1970; an end that has passed is a mistake
 * @throws rule.invalid with the limit or the allowed values
 */
export function readRule(input: unknown, now: number): RuleDraft {
  const body = readRecord(input, 'The body');
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw invalidRule(`A rule has no member "${unknown.slice(0, 60)}"; it has ${MEMBERS.join(', ')}.`);
  }
  const startsAt = readTime(body.startsAt, 'startsAt');
  const endsAt = readTime(body.endsAt, 'endsAt');
  if (endsAt !== undefined && Date.parse(endsAt) <= now) throw invalidRule('endsAt has passed already.');
  if (startsAt !== undefined && endsAt !== undefined && startsAt >= endsAt) {
    throw invalidRule('endsAt must be after startsAt.');
  }
  return {
    scope: readScope(body.scope),
    effect: readEffect(body.effect),
    matcher: readMatcher(body.match),
    reason: readText(body.reason, 'reason', LIMITS.reasonCharacters),
    author: body.author === undefined ? DEFAULT_AUTHOR : readText(body.author, 'author', LIMITS.authorCharacters),
    ...(startsAt !== undefined && { startsAt }),
    ...(endsAt !== undefined && { endsAt }),
  };
}

function readScope(value: unknown): string {
  if (value === undefined) return GLOBAL_SCOPE;
  if (typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value)) return value;
  throw invalidRule('scope must be global or the id of an endpoint.');
}

function readEffect(value: unknown): RuleEffect {
  if (value === 'block' || value === 'allow') return value;
  throw invalidRule('effect must be block or allow.');
}

/** A text for people, of one line. */
export function readText(value: unknown, name: string, maximum: number): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text !== '' && text.length <= maximum && !/\p{Cc}/u.test(text)) return text;
  throw invalidRule(`${name} must be a text of 1 to ${maximum} characters in one line.`);
}

/** A moment as RFC 3339 writes it, with its offset, brought to UTC. */
export function readTime(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  const isWritten =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value);
  const time = isWritten ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalidRule(`${name} must be a time such as 2026-12-31T23:59:00Z.`);
  return new Date(time).toISOString();
}
