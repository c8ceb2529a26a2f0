import { createHash } from 'node:crypto';
import type { LibraryRecord } from './library-record.ts';

/** Computes what two libraries with the same contents have in common. */
export interface StateHash {
  readonly add: (record: LibraryRecord) => void;
  readonly value: () => string;
}

/**
 * The SHA-256 of the sorted digests of all records: of each file its path, the checksums of its versions, tags, description,
 * coordinates, custom metadata, and whether it is private or a draft; of each folder its path and whether it is private; of each field
 * its name and rules. Ids, times and people are not among them: another deployment gives others.
 */
export function stateHash(): StateHash {
  const digests: string[] = [];
  return {
    add: (record) => void digests.push(digestOf(JSON.stringify(canonical(record)))),
    value: () => digestOf(digests.toSorted().join('\n')),
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Tags have no order; neither have members of an object. */
function canonical(record: LibraryRecord): unknown {
  return inOrder(record.kind === 'file' ? { ...record, tags: record.tags.toSorted() } : record);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, inOrder(member)]);
}
