import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '../../lambda/contract/limits.ts';
import type { Api } from '../api/api.ts';
import type { ToldFile } from '../api/assets.ts';
import { CommandFailed } from '../command-failed.ts';
import { checksumOfOriginal, fetchOriginal } from './fetch-original.ts';

/** A deployment whose library is read or written. */
export interface Deployment {
  readonly api: Api;
  /** The private key, which signs URLs; undefined when a person's token is used. */
  readonly signingKey: string | undefined;
}

/** Milliseconds that a deployment may take to note a checksum after an upload, and between two looks. */
const PATIENCE = 60_000;
const PAUSE = 500;

/** Oldest first. */
export async function versionsOf({ api }: Deployment, fileId: string): Promise<readonly ToldFile[]> {
  const answer = await api.call('GET', `/v1/files/${fileId}/versions`);
  const versions = (await answer.json()) as readonly ToldFile[];
  return versions.toSorted((a, b) => numberOf(a) - numberOf(b));
}

const numberOf = ({ versionInfo: { name } }: ToldFile): number => Number(name.replace('Version ', ''));

/** The bytes of a version, signed for where nobody sees them otherwise. @throws CommandFailed */
export const originalOf = ({ signingKey }: Deployment, version: ToldFile): Promise<AsyncIterable<Uint8Array>> =>
  fetchOriginal(version, isOpen(version) ? undefined : signingKey);

/**
 * SHA-256 of a version, hexadecimal. It is noted a moment after an upload, so it is waited for; of what is too large for that,
 * or stays at its origin, the bytes are read.
 * @throws CommandFailed
 */
export async function checksumOfVersion(deployment: Deployment, version: ToldFile): Promise<string> {
  const { fileId, versionInfo, size } = version;
  if (version.checksum !== undefined) return version.checksum;
  if (size > LIMITS.checksummedBytes || version.backedUp === false) {
    return checksumOfOriginal(version, isOpen(version) ? undefined : deployment.signingKey);
  }
  for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
    await pause(PAUSE);
    const answer = await deployment.api.call('GET', `/v1/files/${fileId}/versions/${versionInfo.id}`);
    const { checksum } = (await answer.json()) as ToldFile;
    if (checksum !== undefined) return checksum;
  }
  throw new CommandFailed('The deployment has not noted the checksum of a version within a minute.');
}

const isOpen = ({ reachableBy }: ToldFile): boolean => reachableBy === 'everyone';
