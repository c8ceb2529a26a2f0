import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { Problem } from '../../../../lambda/core/kernel/problems.ts';
import { formatQuery } from '../../../../lambda/core/library/search/format-query.ts';
import { parseQuery } from '../../../../lambda/core/library/search/parse-query.ts';
import { timeAtLoad } from '../../../time-at-load.ts';
import { findTestField, someQuery } from './arbitrary-query.ts';

const parse = (text: string) => parseQuery(text, findTestField);
const canonical = (text: string) => formatQuery(parse(text));

function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('a query', () => {
  it.each([
    ['name HAS "blue coat" AND size < "2mb"', 'name HAS "blue coat" AND size < 2097152'],
    ['(width >= 800 OR format = "svg") AND path : "/shop/"', '(width >= 800 OR format = "svg") AND path : "/shop/"'],
    ['path = "shop"', 'path = "/shop/"'],
    ['tags NOT IN ["old", "draft"]', 'tags NOT IN ["old", "draft"]'],
    [
      '"customMetadata.stock" > 0 AND "customMetadata.colour" IN ["red", 7,true]',
      '"customMetadata.stock" > 0 AND "customMetadata.colour" IN ["red", 7, true]',
    ],
    ['createdAt > "30d" AND published = true', 'createdAt > "30d" AND published = true'],
    ['createdAt < 2020-01-01', 'createdAt < "2020-01-01T00:00:00.000Z"'],
    ['createdAt>=2020-01-01T10:00:00+02:00', 'createdAt >= "2020-01-01T08:00:00.000Z"'],
    ['updatedAt > 1w', 'updatedAt > "1w"'],
    ['"embeddedMetadata.Keywords" EXISTS', '"embeddedMetadata.Keywords" EXISTS'],
    ['"embeddedMetadata.LocationTaken" = "51.5,-0.1 10"', '"embeddedMetadata.LocationTaken" = "51.5,-0.1 10km"'],
    ['type IN ["file","folder"] and name:"2026"', 'type IN ["file", "folder"] AND name : "2026"'],
    ["name NOT= 'it\\'s' or name not = \"b\"", 'name NOT = "it\'s" OR name NOT = "b"'],
    ['name = a OR name = b AND name = c', 'name = "a" OR name = "b" AND name = "c"'],
    ['format = JPEG', 'format = "jpg"'],
    [' ( name = "a" ) ', 'name = "a"'],
  ])('is read: %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });

  it('is the same after it was written and read again', () => {
    fc.assert(fc.property(someQuery, (query) => void expect(parse(formatQuery(query))).toEqual(query)));
  });
});

describe('a refusal names the place and what may stand there', () => {
  it.each([
    ['', 'search.invalid: searchQuery, character 1: a field or "(" is expected, not the end.'],
    ['name', /^search.invalid: searchQuery, character 5: an operator \(=, NOT =, .*\) is expected, not the end\.$/],
    ['name =', 'search.invalid: searchQuery, character 7: a value is expected, not the end.'],
    ['width > "wide"', 'search.invalid: searchQuery, character 9: a number is expected, not ""wide"".'],
    ['format HAS "jp"', 'search.invalid: searchQuery, character 8: format takes =, IN, not HAS.'],
    ['colour = "red"', /character 1: a field \(name, description, .*\) is expected, not "colour = "red""\.$/],
    ['"customMetadata.none" = 1', /character 1: a custom metadata field of this account is expected/],
    ['name = "a', 'search.invalid: searchQuery, character 8: the quoted text has no end.'],
    ['(name = "a"', 'search.invalid: searchQuery, character 12: AND, OR or ")" is expected, not the end.'],
    ['name = "a" name', 'search.invalid: searchQuery, character 12: AND, OR or the end is expected, not "name".'],
    ['name = "a")', 'search.invalid: searchQuery, character 11: AND, OR or the end is expected, not ")".'],
    ['tags IN []', 'search.invalid: searchQuery, character 10: a value is expected, not "]".'],
    ['tags IN ["a"', 'search.invalid: searchQuery, character 13: "," or "]" is expected, not the end.'],
    [
      'name NOT HAS "a"',
      'search.invalid: searchQuery, character 10: =, IN or EXISTS after NOT is expected, not "HAS "a"".',
    ],
    [
      'name HAS "--"',
      'search.invalid: searchQuery, character 10: a text with a letter or digit is expected, not ""--"".',
    ],
    ['createdAt > "2026-02-30"', /character 13: a date such as "2026-12-31".* is expected, not ""2026-02-30""\.$/],
    ['type = "image"', /one of file, file-version, folder is expected/],
    ['private = yes', 'search.invalid: searchQuery, character 11: true or false is expected, not "yes".'],
    ['"customMetadata.colour" > red', 'search.invalid: searchQuery, character 27: a number is expected, not "red".'],
    ['__proto__ = 1', /character 1: a field \(/],
  ])('%s', (text, expected) => {
    expect(refusal(text)).toMatch(typeof expected === 'string' ? new RegExp(`^${literally(expected)}$`) : expected);
  });

  it.each([
    ['characters', `name = "${'a'.repeat(LIMITS.searchQueryCharacters)}"`, LIMITS.searchQueryCharacters],
    ['levels of brackets', '('.repeat(1000), LIMITS.searchQueryDepth],
    ['comparisons', Array.from({ length: 101 }, () => 'width = 1').join(' OR '), LIMITS.searchComparisons],
    ['values in a list', `id IN [${Array.from({ length: 101 }, () => 'a').join(',')}]`, LIMITS.searchListValues],
  ])('with the limit of %s', (what, text, limit) => {
    expect(refusal(text)).toMatch(new RegExp(`^search.limit: searchQuery may have at most ${limit} ${what}`));
  });

  it('comes within its time for any text, and is never a fault of ours', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '"',
      "'",
      '\\',
      ',',
      '=',
      ':',
      '<',
      'NOT',
      'IN',
      'HAS',
      'name',
      'tags',
      'AND',
      'OR',
      '*',
      '.*',
      '(a+)+$',
      ' ',
      '\n',
      '2026-01-01',
      '\u0000',
    );
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(piece, { maxLength: 60 }).map((all) => all.join(' ')),
    );
    fc.assert(fc.property(anyText, (text) => void expect(refusal(text)).toMatch(/^(accepted|search\.)/)));
    const before = performance.now();
    for (const one of ['(', '"', 'name = "a" AND ', '\\', '[', ' ', 'a']) refusal(one.repeat(5000).slice(0, 5000));
    expect(performance.now() - before).toBeLessThan(timeAtLoad(500));
  });
});

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
