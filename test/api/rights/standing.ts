import type { Permission } from '../../../lambda/core/accounts/permissions.ts';
import type { KeyRole } from '../../../lambda/core/accounts/restricted-keys/restricted-key.ts';
import { KEY_ROLES } from '../../../lambda/core/accounts/restricted-keys/restricted-key.ts';
import { ROLES } from '../../../lambda/core/accounts/roles.ts';
import { PRIVATE_KEY } from '../../handlers/cloud-fixture.ts';
import { signedIn } from '../../handlers/signed-in.ts';
import type { Deployment } from './deployment.ts';
import { SESSION } from './deployment.ts';

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
  standings.push(await personStanding(deployment, undefined), await personStanding(deployment, folderId));
  return standings;
}

async function standing(deployment: Deployment, role: KeyRole, folderId: string | undefined): Promise<Standing> {
  const { key } = await keyOf(deployment, { role, ...(folderId && { folderIds: [folderId] }) });
  const isBound = folderId !== undefined;
  return { name: isBound ? `${role} of a folder` : role, key, permissions: new Set(ROLES[role]), isBound };
}

/** What no role of every account allows just so. */
const CUSTOM: readonly Permission[] = [
  'files.read',
  'files.upload',
  'files.move',
  'trash.read',
  'rules.read',
  'keys.read',
];

/** A person with a custom role, signed in. */
async function personStanding(deployment: Deployment, folderId: string | undefined): Promise<Standing> {
  const where = folderId === undefined ? 'everywhere' : 'of a folder';
  const role = { name: `Matrix ${where}`, permissions: CUSTOM };
  const { id } = await deployment.made<{ id: string }>({ method: 'POST', path: '/v1/roles', json: role });
  const roles = [{ role: id, ...(folderId && { folderIds: [folderId] }) }];
  const json = { mail: `matrix-${id}@example.com`, name: 'Matrix', roles };
  const person = await deployment.made<{ id: string; invitationToken: string }>({
    method: 'POST',
    path: '/v1/people',
    json,
  });
  const token = { token: person.invitationToken };
  await deployment.made({ method: 'POST', path: '/v1/people/invitations/accept', json: token });
  const key = `${SESSION}${await signedIn(person.id)}`;
  return {
    name: `person with a custom role ${where}`,
    key,
    permissions: new Set(CUSTOM),
    isBound: folderId !== undefined,
  };
}
