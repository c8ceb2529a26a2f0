import type { CompletedIntent, CompleteIntentDeps } from './complete-intent.ts';

/**
 * Purges what an upload replaced that somebody else completed: the S3 event, or a call whose answer was lost. Its own purge may
 * still run there, and whoever uploads takes the answer for the moment from which the new bytes are delivered. A failure is
 * reported; the minute's run makes up for it, because the change keeps its purge until that was carried out.
 */
export async function purgeReplaced(
  deps: Pick<CompleteIntentDeps, 'carryOut' | 'hasOrigins' | 'report'>,
  { file: { path }, number }: Pick<CompletedIntent, 'file' | 'number'>,
): Promise<void> {
  try {
    const hasReplaced = number > 1 || ((await deps.hasOrigins?.()) ?? false);
    if (hasReplaced) await deps.carryOut([{ effect: 'purge-path', path }]);
  } catch (error) {
    deps.report('effects-failed', error);
  }
}
