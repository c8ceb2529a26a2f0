import type { AuditEvent } from '../../audit/event.ts';
import type { Permission } from '../permissions.ts';

/** A role that an account made for itself. Who holds it has its permissions as they are at their next call. */
export interface CustomRole {
  /** By which it is held; 24 hexadecimal characters, as no role of every account is named. */
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** ISO 8601 with milliseconds and Z. */
  readonly createdAt: string;
}

/** `before` without `after` is removed. */
export interface CustomRoleChange {
  readonly before?: CustomRole;
  readonly after?: CustomRole;
}

/** Where custom roles are. Every read is a fresh one. */
export interface CustomRoleStore {
  /** All roles, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly roles: readonly CustomRole[] }>;
  readonly find: (id: string) => Promise<CustomRole | undefined>;
  /** All or nothing. False when the roles were changed after this version. */
  readonly commit: (change: CustomRoleChange, version: number, event: AuditEvent) => Promise<boolean>;
}
