import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { SYSTEM } from '../core/accounts/owner.ts';
import { eventMaker } from '../core/audit/event-maker.ts';
import { sourceOfRun } from '../core/audit/event-source.ts';
import type { Report } from '../core/kernel/report.ts';
import { endUnfinished } from '../core/library/jobs/end-unfinished.ts';
import type { RunJobsDeps } from '../core/library/jobs/run-jobs.ts';
import { runJobs } from '../core/library/jobs/run-jobs.ts';
import { sweepEffects } from '../core/library/jobs/sweep-effects.ts';
import { endTrash } from '../core/library/trash/end-trash.ts';
import { sendWaiting } from '../core/purge/invalidate.ts';
import { resumePurges } from '../core/purge/purge-assets.ts';
import { hexId } from './composition/hex-id.ts';
import { composeLibrary } from './composition/library.ts';
import { composeObjects } from './composition/objects-at-origins.ts';
import { composeSnapshotKeeper } from './composition/snapshot.ts';
import { composeZips } from './composition/zips.ts';
import { logLine } from './log-line.ts';
import { reporter } from './reporter.ts';

const { changes, purges, invalidating, edge } = composeLibrary();
const { importBucket, fetchPinned } = composeObjects();
const zips = composeZips(edge, fetchPinned);
const keepSnapshot = composeSnapshotKeeper();

/** Milliseconds for which a run waits for the CDN to take more; the next run begins a minute after this one. */
const SENDING = 45_000;

/** Milliseconds before its end in which a run begins nothing more. */
const SPARE = 10_000;

/**
 * Every minute: finishes purges that were begun and left, takes up those that concern every region, and sends what the CDN
 * would not take before; keeps a snapshot of the settings where home is another region; carries out what follows from changes, ends the trash's days, and works on jobs. Every hour: ends what dead
 * uploads and copies left.
 */
export const handler = middy<ScheduledEvent, void>().handler(async (_, context) => {
  const requestId = context.awsRequestId;
  const report = reporter();
  const until = changes.clock() + context.getRemainingTimeInMillis() - SPARE;
  const deps = {
    ...changes,
    zips,
    importBucket,
    report,
    until,
    makeEvent: eventMaker({ clock: changes.clock, hexId, requestId, sourceOf: sourceOfRun }),
  };
  const sent = sendWaiting({ ...invalidating, report }, SENDING).catch((error: unknown) =>
    report('purge-failed', error),
  );
  await Promise.all([resumePurges({ ...purges, report }), sent, finishChanges(deps), keptSettings(report)]);
});

async function keptSettings(report: Report): Promise<void> {
  try {
    if (await keepSnapshot?.()) logLine('info', 'settings-kept');
  } catch (error) {
    report('settings-not-kept', error);
  }
}

async function finishChanges(deps: RunJobsDeps): Promise<void> {
  await sweepEffects(deps);
  await endTrash(deps, SYSTEM);
  if (new Date(deps.clock()).getUTCMinutes() === 0) await endUnfinished(deps);
  await runJobs(deps);
}
