import { SETTINGS_SNAPSHOT_KEY } from '../../contract/object-keys.ts';
import { openSnapshot, type SettingsSnapshot } from '../../core/settings/snapshot/settings-snapshot.ts';
import { cached } from '../cached.lean.ts';
import type { TableItem } from '../signed-http/dynamo-items.lean.ts';
import type { S3Objects } from '../signed-http/s3-objects.lean.ts';

/** Bytes that a snapshot may have: 100 endpoints and every named transformation are far less. */
const MAXIMUM_BYTES = 20_000_000;

/** Milliseconds for which a snapshot is remembered. */
const MEMORY = 60_000;

/** The snapshot of the settings in the region's bucket of originals. @param privateKey it was sealed with */
export function snapshotObject(
  objects: Pick<S3Objects, 'read'>,
  privateKey: () => Promise<string>,
): () => Promise<SettingsSnapshot<TableItem>> {
  return cached(async () => {
    const bytes = await objects.read(SETTINGS_SNAPSHOT_KEY, MAXIMUM_BYTES);
    return openSnapshot<TableItem>(Buffer.from(bytes).toString('utf8'), await privateKey());
  }, MEMORY);
}
