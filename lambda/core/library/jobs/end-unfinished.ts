import type { UploadIntent } from '../asset.ts';
import type { CopyBytesDeps } from '../files/staged-copies.ts';
import { endCopy } from '../files/staged-copies.ts';
import { UPLOADS_END } from './uploads-end.ts';

/** Seconds for which bytes may still come for an upload that was taken back: forms and parts are signed for no longer. */
const BYTES_COME = 3600;

/**
 * Ends what uploads and copies left whose workers died: bytes that were stored, and never became a version. Each was noted before
 * its first byte, and nothing is removed but what such a note names. The end is written first, so that what is shown a moment
 * before stays and nothing is shown a moment after. Failures are reported and tried again an hour later.
 * @returns how many
 */
export async function endUnfinished(deps: CopyBytesDeps): Promise<number> {
  const { intents, copies } = await deps.store.unfinished();
  const now = Math.floor(deps.clock() / 1000);
  let ended = 0;
  const attempt = async (end: () => Promise<unknown>) => {
    await end().then(
      () => ended++,
      (error: unknown) => deps.report('unfinished-end-failed', error),
    );
  };
  for (const intent of intents) if (isOver(intent, now)) await attempt(() => endUpload(deps, intent));
  for (const copy of copies) if (copy.isEnding || copy.endsAt <= now) await attempt(() => endCopy(deps, copy));
  return ended;
}

function isOver({ isEnding, isInParts, createdAt, endsAt }: UploadIntent, now: number): boolean {
  if (!isEnding) return endsAt + UPLOADS_END <= now;
  return !isInParts || Date.parse(createdAt) / 1000 + BYTES_COME + UPLOADS_END <= now;
}

async function endUpload({ store, objects }: CopyBytesDeps, intent: UploadIntent): Promise<void> {
  if (!intent.isEnding && !(await store.endIntent(intent))) return;
  await objects.erase(intent.objectKey);
  await store.removeIntent(intent.versionId);
}
