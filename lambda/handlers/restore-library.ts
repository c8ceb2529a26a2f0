import type { Context } from 'aws-lambda';
import type { RestoreAnswer, RestoreRequest } from '../contract/backup.ts';
import { ENVIRONMENT, requireEnvironment } from '../contract/environment.ts';
import { copyPart, planRestore, writePart } from '../core/backup/restore.ts';
import { restoreSettings } from '../core/backup/settings-files.ts';
import { composeRestoring } from './composition/restoring.ts';

const restoring = composeRestoring();

/** Restores the region from its backup, step by step, each of which may be asked for again. IAM decides who may call it. */
export async function handler(event: unknown, { awsRequestId }: Context): Promise<RestoreAnswer> {
  const request = readRequest(event);
  if (!request) return { refused: 'action must be "plan", "copy", "write" or "finish", with from; part < parts.' };
  const bucket = requireEnvironment(ENVIRONMENT.backupBucket);
  if (request.from !== bucket)
    return { refused: `This region is backed up to ${bucket}, and restores from there only.` };
  if (request.action === 'plan') return { plan: await planRestore(restoring) };
  if (request.action === 'copy') return { copied: await copyPart(restoring, request.part, request.parts) };
  if (request.action === 'write') return { written: await writePart(restoring, request.part, request.parts) };
  const settings = await restoreSettings(restoring);
  await restoring.beginNewTree();
  await restoring.record(awsRequestId, { from: bucket, settings });
  return { finished: { settings } };
}

function readRequest(event: unknown): RestoreRequest | undefined {
  const { action, from, part, parts } = (event ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof from !== 'string') return undefined;
  if (action === 'plan' || action === 'finish') return { action, from };
  const isPart = Number.isInteger(part) && Number.isInteger(parts) && Number(part) >= 0 && Number(part) < Number(parts);
  if ((action !== 'copy' && action !== 'write') || !isPart) return undefined;
  return { action, from, part: Number(part), parts: Number(parts) };
}
