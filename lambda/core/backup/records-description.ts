import { RECORD_DAYS, RECORDS_README, RECORDS_SCHEMA } from '../../contract/backup.ts';
import type { WritableBackupFiles } from './backup-files.ts';
import { BACKUP_KINDS } from './backup-line.ts';

/** Writes what explains the records to whoever finds them, without us. */
export async function describeRecords(files: WritableBackupFiles): Promise<void> {
  await files.write(RECORDS_README, README);
  await files.write(RECORDS_SCHEMA, `${JSON.stringify(LINE_SCHEMA, null, 2)}\n`);
}

const README = `# Records of a media library

The bytes of every version of every file are under media/, this folder says what they are. Everything is plain JSON.

- assets/{asset id}.json: each file as it is now, with its versions. "objectKey" names the bytes, "size" says how many,
  "summary.sha256" is their SHA-256.
- snapshots/{time}/: all records as they were at that time, a line each. Without manifest.json there is no snapshot.
- changes/{year}/{month}/{day}/{hour}/: what happened since, a line each, for ${RECORD_DAYS} days.
- erasures/{year}/: files and versions that were removed for good. Nobody may bring them back.
- settings/: settings of the deployment, without secrets.
- live/{folder id}/: a file for each name that is in the folder now, by which paths are found. A restore does not need them.
- schema.json: the lines of changes and snapshots, as JSON Schema.

To have the state of now: read the newest snapshot that has a manifest.json, then all changes since 15 minutes before its
"startedAt". Of the lines with the same "kind" and "id" the one with the greatest "rev" holds, among equal ones the one with the
greatest "seq" as a number. Leave out what erasures/ names, and lines whose "op" is "delete".
`;

/** JSON Schema, draft 2020-12. */
export const LINE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A line of changes or of a snapshot',
  type: 'object',
  required: ['v', 'kind', 'id', 'rev', 'op', 'at', 'seq'],
  additionalProperties: false,
  properties: {
    v: { const: 1 },
    kind: { enum: BACKUP_KINDS },
    id: { type: 'string', minLength: 1 },
    rev: { type: 'integer', minimum: 0 },
    op: { enum: ['put', 'delete'] },
    at: { type: 'string', format: 'date-time' },
    seq: { type: 'string', pattern: '^[0-9]{0,40}$' },
    data: { type: 'object' },
  },
  if: { properties: { op: { const: 'put' } } },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: { required: ['data'] },
  else: { not: { required: ['data'] } },
} as const;
