import middy from '@middy/core';
import type { EventBridgeEvent } from 'aws-lambda';
import { ENVIRONMENT, requireEnvironment } from '../contract/environment.ts';
import { eventMaker } from '../core/audit/event-maker.ts';
import { sourceOfRun } from '../core/audit/event-source.ts';
import { completeFromEvent } from '../core/library/complete-from-event.ts';
import { describeVersion } from '../core/library/summary/describe-version.ts';
import { isDescribed } from '../core/library/summary/described-at-upload.ts';
import { composeContentTools } from './composition/content-tools.ts';
import { composeDescription } from './composition/description.ts';
import { hexId } from './composition/hex-id.ts';
import { composeLibrary } from './composition/library.ts';
import { holdYoungGeneration } from './garbage-collection.ts';
import { logLine } from './log-line.ts';
import { reporter } from './reporter.ts';

/** What S3 sends to EventBridge (AWS, "EventBridge event message structure"); the key is not escaped. */
type ObjectCreated = EventBridgeEvent<
  'Object Created',
  { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } }
>;

const { changes, parts, commit } = composeLibrary();
const tools = composeContentTools();
const description = composeDescription(commit);

/**
 * Completes uploads whose caller died between bytes and transaction, whole files and files in parts, and notes what the bytes of
 * every upload show. A failure is thrown, so that Lambda tries again.
 */
export const handler = middy<ObjectCreated, void>().handler(async (event, context) => {
  holdYoungGeneration();
  const { bucket, object } = event.detail;
  if (bucket.name !== requireEnvironment(ENVIRONMENT.originalsBucket)) return;
  if (await isDescribed(changes.store, object.key)) {
    return logLine('info', 'ingest', { outcome: 'settled', described: 'described' });
  }
  // It cannot see origins; that one of their files was delivered is then to be assumed.
  const requestId = context.awsRequestId;
  const makeEvent = eventMaker({ clock: changes.clock, hexId, requestId, sourceOf: sourceOfRun });
  const deps = { ...changes, ...tools, parts, hasOrigins: async () => true, report: reporter(), makeEvent };
  const outcome = await completeFromEvent(deps, object.key);
  const described = await describeVersion({ ...deps, ...description }, object.key);
  logLine('info', 'ingest', { outcome, described });
});
