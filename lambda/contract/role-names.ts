/** Roles that every account has. */
export const ROLE_NAMES = ['owner', 'admin', 'editor', 'contributor', 'viewer', 'auditor', 'privacy-officer'] as const;

export type Role = (typeof ROLE_NAMES)[number];

/** Whether a name is that of a role that every account has. */
export const isRole = (name: string): name is Role => (ROLE_NAMES as readonly string[]).includes(name);

/** Ids of the roles that an account makes for itself. */
export const CUSTOM_ROLE_ID = /^[0-9a-f]{24}$/;
