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
  /** A restricted one. */
  readonly isKey: boolean;
  /** To anything, folder or endpoint. */
  readonly isBound: boolean;
  /** Bound to a folder, in which it holds. @default in none */
  readonly inFolder?: boolean;
  /** Bound to a URL endpoint, with which it holds. @default with none */
  readonly withEndpoint?: boolean;
}

/** What rights are bound to; without either they hold everywhere. */
export interface BoundTo {
  readonly folderId?: string | undefined;
  readonly endpointId?: string | undefined;
}

export async function keyOf(
  deployment: Deployment,
  rights: object,
): Promise<{ readonly id: string; readonly key: string }> {
  return deployment.made({ method: 'POST', path: '/v1/accounts/keys', json: { name: 'matrix', ...rights } });
}

export const ownerStanding = (): Standing => ({
  name: 'owner',
  key: PRIVATE_KEY,
  permissions: new Set(ROLES.owner),
  isKey: false,
  isBound: false,
});

/** The owner, and every role as a key for the whole account and as one for a folder; some for a URL endpoint. */
export async function standingsIn(deployment: Deployment, folderId: string): Promise<Standing[]> {
  const endpointId = await newEndpoint(deployment, 'matrix');
  const standings: Standing[] = [ownerStanding()];
  for (const role of KEY_ROLES) {
    standings.push(await standing(deployment, role), await standing(deployment, role, { folderId }));
  }
  standings.push(await standing(deployment, 'admin', { endpointId }));
  for (const bound of [{}, { folderId }, { folderId, endpointId }]) {
    standings.push(await personStanding(deployment, CUSTOM, bound));
  }
  return standings;
}

/** @returns the id of a new URL endpoint */
export async function newEndpoint(deployment: Deployment, urlPrefix: string): Promise<string> {
  const json = { description: urlPrefix, urlPrefix };
  return (await deployment.made<{ id: string }>({ method: 'POST', path: '/v1/accounts/url-endpoints', json })).id;
}

/** As a call gives it. */
const bounds = ({ folderId, endpointId }: BoundTo) => ({
  ...(folderId !== undefined && { folderIds: [folderId] }),
  ...(endpointId !== undefined && { endpointIds: [endpointId] }),
});

const standsIn = ({ folderId, endpointId }: BoundTo) => ({
  isBound: folderId !== undefined || endpointId !== undefined,
  inFolder: folderId !== undefined,
  withEndpoint: endpointId !== undefined,
});

const whereOf = ({ folderId, endpointId }: BoundTo): string => {
  const places = [folderId && 'a folder', endpointId && 'an endpoint'].filter(Boolean);
  return places.length > 0 ? ` of ${places.join(' and ')}` : '';
};

export async function standing(deployment: Deployment, role: KeyRole, bound: BoundTo = {}): Promise<Standing> {
  const { key } = await keyOf(deployment, { role, ...bounds(bound) });
  return { name: `${role}${whereOf(bound)}`, key, permissions: new Set(ROLES[role]), isKey: true, ...standsIn(bound) };
}

/** What no role of every account allows just so. */
const CUSTOM: readonly Permission[] = [
  'files.read',
  'files.sign',
  'files.upload',
  'files.move',
  'trash.read',
  'rules.read',
  'keys.read',
];

let roles = 0;

/** A person with a custom role, signed in. */
export async function personStanding(
  deployment: Deployment,
  permissions: readonly Permission[],
  bound: BoundTo,
): Promise<Standing> {
  const role = { name: `Matrix ${++roles}`, permissions };
  const { id } = await deployment.made<{ id: string }>({ method: 'POST', path: '/v1/roles', json: role });
  const key = await personKey(deployment, [{ role: id, ...bounds(bound) }]);
  const name = `person with a custom role${whereOf(bound)}`;
  return { name, key, permissions: new Set(permissions), isKey: false, ...standsIn(bound) };
}

/** @returns what a person with these roles calls with */
export async function personKey(deployment: Deployment, held: readonly object[]): Promise<string> {
  const json = { mail: `matrix-${++roles}@example.com`, name: 'Matrix', roles: held };
  const person = await deployment.made<{ id: string; invitationToken: string }>({
    method: 'POST',
    path: '/v1/people',
    json,
  });
  const token = { token: person.invitationToken };
  await deployment.made({ method: 'POST', path: '/v1/people/invitations/accept', json: token });
  return `${SESSION}${await signedIn(person.id)}`;
}
