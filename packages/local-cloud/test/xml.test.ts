import { describe, expect, it } from 'vitest';
import { MalformedXml, readXml } from '../src/xml.ts';

describe('XML', () => {
  it.each(['', '<a>', '<a></b>', '<a/><a/>', '<b/>', '<!DOCTYPE a []><a/>', '<a>&x;</a>', '<a>&lt</a>', '</a>'])(
    'refuses %j',
    (text) => {
      expect(() => readXml(text, 'a')).toThrow(MalformedXml);
    },
  );

  it('refuses a depth that no document of AWS has', () => {
    expect(() => readXml(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, 'a')).toThrow(MalformedXml);
  });

  it('passes over attributes, namespaces and comments', () => {
    const text = '<?xml version="1.0"?><!-- x --><s:a xmlns:s="urn:s"><s:b c="d">&#x41;&#66;</s:b></s:a>';

    expect(readXml(text, 'a').text('b')).toBe('AB');
  });
});
