import { describe, expect, it } from 'vitest';
import type { FileRecord, LibraryRecord } from '../../../cli/transfer/library-record.ts';
import { stateHash } from '../../../cli/transfer/state-hash.ts';

const FILE: FileRecord = {
  ...{ kind: 'file', path: '/a.png', versions: ['01', '02'], current: 1, tags: ['a', 'b'], description: null },
  ...{ customCoordinates: null, customMetadata: { price: 1, licence: 'own' }, isPrivate: false, isPublished: true },
};
const FOLDER: LibraryRecord = { kind: 'folder', path: '/shop', isPrivate: false };

function hashOf(...records: LibraryRecord[]): string {
  const hash = stateHash();
  for (const record of records) hash.add(record);
  return hash.value();
}

describe('the state hash', () => {
  it('is the same in whatever order things are told', () => {
    const { customMetadata, ...others } = FILE;
    const turned = { customMetadata: { licence: 'own', price: 1 }, ...others, tags: ['b', 'a'] };

    expect(hashOf(FOLDER, turned)).toBe(hashOf(FILE, FOLDER));
  });

  it.each<[string, Partial<FileRecord>]>([
    ['path', { path: '/b.png' }],
    ['bytes of an older version', { versions: ['03', '02'] }],
    ['order of versions', { versions: ['02', '01'] }],
    ['current version', { current: 0 }],
    ['tags', { tags: ['a'] }],
    ['description', { description: '' }],
    ['coordinates', { customCoordinates: '1,2,3,4' }],
    ['custom metadata', { customMetadata: { price: '1', licence: 'own' } }],
    ['privacy', { isPrivate: true }],
    ['publication', { isPublished: false }],
  ])('is another one with another %s', (_, changed) => {
    expect(hashOf({ ...FILE, ...changed })).not.toBe(hashOf(FILE));
  });

  it('counts what is there twice', () => {
    expect(hashOf(FILE, FILE)).not.toBe(hashOf(FILE));
  });
});
