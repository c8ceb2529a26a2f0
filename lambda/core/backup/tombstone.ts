import { RECORD_FOLDERS } from '../../contract/backup.ts';
import type { RecordChange } from './backup-line.ts';
import { nameOf } from './backup-line.ts';

/** That a file or a version was removed for good: no restore brings it back. It has no name and no path. */
export interface Tombstone {
  readonly v: 1;
  readonly kind: 'asset' | 'version';
  /** As the line's of the same kind. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** Id of who removed a file; of a version nobody notes it. */
  readonly by?: string;
}

/** @returns undefined of what is no removal of a file or version */
export function tombstoneOf({ kind, id, at, before, after }: RecordChange): Tombstone | undefined {
  if (after !== undefined || (kind !== 'asset' && kind !== 'version')) return undefined;
  const by = before?.updatedBy;
  return { v: 1, kind, id, at: new Date(at).toISOString(), ...(typeof by === 'string' && { by }) };
}

/** `records/v1/erasures/2026/version-{history}-{version}.json` */
export function tombstoneKey({ kind, id, at }: Tombstone): string {
  return `${RECORD_FOLDERS.erasures}${at.slice(0, 4)}/${kind}-${id.replaceAll('/', '-')}.json`;
}

/** What a tombstone's key is about, as `nameOf` a line has it. */
export function erasedName(key: string): string {
  const [, kind = '', id = ''] = /([a-z]+)-([^/]+)\.json$/.exec(key) ?? [];
  return nameOf({ kind, id: id.replaceAll('-', '/') });
}

/** Id of the version that a tombstone's key is about, or undefined of a file's. */
export const erasedVersionId = (key: string): string | undefined => /\/version-[^/]*-([0-9a-f]+)\.json$/.exec(key)?.[1];
