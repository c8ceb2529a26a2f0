import type { Permission } from '../../../lambda/core/accounts/permissions.ts';
import type { KeyRole } from '../../../lambda/core/accounts/restricted-keys/restricted-key.ts';
import { KEY_ROLES } from '../../../lambda/core/accounts/restricted-keys/restricted-key.ts';
import { ROLES } from '../../../lambda/core/accounts/roles.ts';
import { PRIVATE_KEY } from '../../handlers/cloud-fixture.ts';
import type { Deployment } from './deployment.ts';

/** A key and what was given with it. */
export interface Standing {
  readonly name: string;
  readonly key: string;
  /** A copy: it stays what it was when the table is changed in memory. */
  readonly permissions: ReadonlySet<Permission>;
  readonly isBound: boolean;
}

export async function keyOf(
  deployment: Deployment,
  rights: object,
): Promise<{ readonly id: string; readonly key: string }> {
  return deployment.made({ method: 'POST', path: '/v1/accounts/keys', json: { name: 'matrix', ...rights } });
}

/** The owner, and every role as a key for the whole account and as one for a folder. */
export async function standingsIn(deployment: Deployment, folderId: string): Promise<Standing[]> {
  const owner = { name: 'owner', key: PRIVATE_KEY, permissions: new Set(ROLES.owner), isBound: false };
  const standings: Standing[] = [owner];
  for (const role of KEY_ROLES) {
    standings.push(await standing(deployment, role, undefined), await standing(deployment, role, folderId));
  }
  return standings;
}

async function standing(deployment: Deployment, role: KeyRole, folderId: string | undefined): Promise<Standing> {
  const { key } = await keyOf(deployment, { role, ...(folderId && { folderIds: [folderId] }) });
  const isBound = folderId !== undefined;
  return { name: isBound ? `${role} of a folder` : role, key, permissions: new Set(ROLES[role]), isBound };
}
