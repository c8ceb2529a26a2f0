/** Everything that a call may need to be allowed. Closed: a grant with another word is refused when it is made. */
export const PERMISSIONS = [
  'files.read',
  'files.upload',
  'files.update',
  'files.copy',
  'files.move',
  'files.delete',
  'files.restore',
  'files.purge',
  'folders.create',
  'folders.move',
  'folders.delete',
  'folders.restrict',
  'trash.read',
  'trash.empty',
  'fields.read',
  'fields.write',
  'cache.purge',
  'takedowns.read',
  'takedowns.write',
  'rules.read',
  'rules.write',
  'origins.read',
  'origins.write',
  'endpoints.read',
  'endpoints.write',
  'names.read',
  'names.write',
  'signing-keys.read',
  'signing-keys.write',
  'keys.read',
  'keys.write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Roles that every account has, from the least to the most. Each holds what the one before it does. */
const VIEWER: readonly Permission[] = ['files.read', 'fields.read'];
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
const DEVELOPER: readonly Permission[] = PERMISSIONS.filter(
  (one) => !['keys.read', 'keys.write', 'trash.empty', 'files.purge'].includes(one),
);

export const ROLES = {
  viewer: VIEWER,
  contributor: CONTRIBUTOR,
  editor: EDITOR,
  developer: DEVELOPER,
  administrator: PERMISSIONS,
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLES;
