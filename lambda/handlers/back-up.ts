import type { LiveName } from '../core/backup/live-names.ts';
import { completeLiveNames } from '../core/backup/live-names.ts';
import { reconcile } from '../core/backup/reconcile.ts';
import { describeRecords } from '../core/backup/records-description.ts';
import { keepSettings } from '../core/backup/settings-files.ts';
import { takeSnapshot } from '../core/backup/snapshot.ts';
import { composeBackingUp } from './composition/backing-up.ts';
import { reporter } from './reporter.ts';

const backingUp = composeBackingUp();

/**
 * Once a day writes a snapshot of the library beside its originals, and repairs what the backup does not have. A run that fails before
 * its manifest leaves no snapshot.
 */
export async function handler(): Promise<void> {
  await describeRecords(backingUp.files);
  await keepSettings(backingUp);
  const names: LiveName[] = [];
  await takeSnapshot({ ...backingUp, scan: () => backingUp.scan((name) => names.push(name)) });
  await completeLiveNames(backingUp, names);
  await reconcile({ ...backingUp, report: reporter() });
}
