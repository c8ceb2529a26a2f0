import type { Role } from '../../contract/role-names.ts';
import type { Permission } from './permissions.ts';
import { PERMISSIONS } from './permissions.ts';

const VIEWER: readonly Permission[] = ['files.read', 'files.sign', 'fields.read'];

const CONTRIBUTOR: readonly Permission[] = [
  ...VIEWER,
  'files.upload',
  'files.update',
  'files.copy',
  'files.restore',
  'folders.create',
];

const EDITOR: readonly Permission[] = [
  ...CONTRIBUTOR,
  'files.move',
  'files.delete',
  'folders.move',
  'folders.delete',
  'folders.restrict',
  'trash.read',
  'cache.purge',
];

/** Sees everything, so that somebody can check it, and changes nothing. */
const AUDITOR: readonly Permission[] = PERMISSIONS.filter((one) => one.endsWith('.read'));

/** Finds what must not be shown or kept, and takes it down or erases it. */
const PRIVACY_OFFICER: readonly Permission[] = [
  ...VIEWER,
  'files.delete',
  'files.purge',
  'trash.read',
  'trash.empty',
  'takedowns.read',
  'takedowns.write',
];

/** Makes nobody an owner, and takes it from nobody. */
const ADMIN: readonly Permission[] = PERMISSIONS.filter((one) => one !== 'owners.write');

/** Roles that every account has. */
export const ROLES = {
  owner: PERMISSIONS,
  admin: ADMIN,
  editor: EDITOR,
  contributor: CONTRIBUTOR,
  viewer: VIEWER,
  auditor: AUDITOR,
  'privacy-officer': PRIVACY_OFFICER,
} as const satisfies Record<Role, readonly Permission[]>;
