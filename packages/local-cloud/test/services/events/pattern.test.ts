import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern, type EventPattern } from '../../../src/services/events/pattern.ts';

const EVENT = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  region: 'eu-west-1',
  detail: {
    bucket: { name: 'originals' },
    object: { key: 'media/Cat*.JPG', size: 1024, tags: ['new', 'animal'], version: null, empty: '' },
    'source-ip-address': '10.1.2.3',
    parts: [{ number: 1 }, { number: 7 }],
  },
};

const object = (condition: unknown): EventPattern => ({ detail: { object: condition } });

test.each<[string, EventPattern]>([
  ['exact value', { source: ['aws.s3'], 'detail-type': ['Object Created'] }],
  ['one of several values', { source: ['aws.ec2', 'aws.s3'] }],
  ['number', object({ size: [1024] })],
  ['null', object({ version: [null] })],
  ['empty text', object({ empty: [''] })],
  ['element of an array', object({ tags: ['animal'] })],
  ['object in an array', { detail: { parts: { number: [7] } } }],
  ['prefix', object({ key: [{ prefix: 'media/' }] })],
  ['prefix without case', object({ key: [{ prefix: { 'equals-ignore-case': 'MEDIA/' } }] })],
  ['suffix', object({ key: [{ suffix: '.JPG' }] })],
  ['suffix without case', object({ key: [{ suffix: { 'equals-ignore-case': '.jpg' } }] })],
  ['equals-ignore-case', object({ key: [{ 'equals-ignore-case': 'MEDIA/cat*.jpg' }] })],
  ['wildcard', object({ key: [{ wildcard: 'media/*.JPG' }] })],
  ['wildcard with an escaped star', object({ key: [{ wildcard: 'media/Cat\\*.*' }] })],
  ['numeric range', object({ size: [{ numeric: ['>', 0, '<=', 1024] }] })],
  ['numeric equality', object({ size: [{ numeric: ['=', 1024] }] })],
  ['exists', object({ size: [{ exists: true }] })],
  ['exists of a null', object({ version: [{ exists: true }] })],
  ['not exists', object({ other: [{ exists: false }] })],
  ['not exists within a missing object', { detail: { other: { more: [{ exists: false }] } } }],
  ['anything-but a value', { region: [{ 'anything-but': 'us-east-1' }] }],
  ['anything-but a list', { region: [{ 'anything-but': ['us-east-1', 'us-east-2'] }] }],
  ['anything-but a number', object({ size: [{ 'anything-but': [1, 2] }] })],
  ['anything-but a prefix', object({ key: [{ 'anything-but': { prefix: 'uploads/' } }] })],
  ['anything-but suffixes', object({ key: [{ 'anything-but': { suffix: ['.png', '.gif'] } }] })],
  ['anything-but a wildcard', object({ key: [{ 'anything-but': { wildcard: '*/tmp/*' } }] })],
  ['anything-but without case', object({ key: [{ 'anything-but': { 'equals-ignore-case': 'x' } }] })],
  ['cidr', { detail: { 'source-ip-address': [{ cidr: '10.0.0.0/8' }] } }],
  ['$or', { $or: [{ source: ['aws.ec2'] }, object({ size: [{ numeric: ['>', 5] }] })] }],
  ['$or beside a key', { source: ['aws.s3'], detail: { $or: [{ a: ['b'] }, { bucket: { name: ['originals'] } }] } }],
])('matches: %s', (_, pattern) => {
  expect(compilePattern(pattern)(EVENT)).toBe(true);
});

test.each<[string, EventPattern]>([
  ['another value', { source: ['aws.ec2'] }],
  ['a number as text', object({ size: ['1024'] })],
  ['one key of two', { source: ['aws.s3'], region: ['us-east-1'] }],
  ['a missing key', { other: ['x'] }],
  ['a missing object', { other: { more: ['x'] } }],
  ['prefix in the middle', object({ key: [{ prefix: 'Cat' }] })],
  ['prefix of a number', object({ size: [{ prefix: '10' }] })],
  ['wildcard with regular expression characters', object({ key: [{ wildcard: 'media/C.t*' }] })],
  ['an escaped star that is none', object({ key: [{ wildcard: 'media\\*' }] })],
  ['numeric of a text', { region: [{ numeric: ['>', 0] }] }],
  ['numeric above its bound', object({ size: [{ numeric: ['>', 0, '<', 1024] }] })],
  ['exists of a missing key', object({ other: [{ exists: true }] })],
  ['not exists of a present key', object({ size: [{ exists: false }] })],
  ['anything-but of the value', { region: [{ 'anything-but': ['eu-west-1'] }] }],
  ['anything-but of a missing key', { other: [{ 'anything-but': 'x' }] }],
  ['anything-but its prefix', object({ key: [{ 'anything-but': { prefix: 'media/' } }] })],
  ['cidr of another block', { detail: { 'source-ip-address': [{ cidr: '10.2.0.0/16' }] } }],
  ['cidr of no address', { region: [{ cidr: '0.0.0.0/0' }] }],
  ['$or without a match', { $or: [{ source: ['a'] }, { region: ['b'] }] }],
  ['a key that every object inherits', { constructor: [{ exists: true }] }],
])('does not match: %s', (_, pattern) => {
  expect(compilePattern(pattern)(EVENT)).toBe(false);
});

test.each<[string, EventPattern]>([
  ['no key', {}],
  ['a value without a list', { source: 'aws.s3' }],
  ['an empty list', { source: [] }],
  ['an unknown operator', { source: [{ regex: '.*' }] }],
  ['two operators at once', { source: [{ prefix: 'a', suffix: 'b' }] }],
  ['an inherited operator', { source: [{ constructor: 'a' }] }],
  ['an odd numeric', { size: [{ numeric: ['>'] }] }],
  ['an unknown comparison', { size: [{ numeric: ['!=', 1] }] }],
  ['exists without a boolean', { size: [{ exists: 'yes' }] }],
  ['an unknown operator in anything-but', { size: [{ 'anything-but': { numeric: ['>', 1] } }] }],
  ['a single $or', { $or: [{ source: ['a'] }] }],
  ['a wrong cidr', { ip: [{ cidr: '10.0.0.0/40' }] }],
])('is refused: %s', (_, pattern) => {
  expect(() => compilePattern(pattern)).toThrow();
});

test('a wildcard pattern of literal text matches that text only', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      const matches = compilePattern({ key: [{ wildcard: text.replace(/[*\\]/g, '\\$&') }] });

      expect(matches({ key: text })).toBe(true);
      expect(matches({ key: other })).toBe(other === text);
    }),
  );
});
