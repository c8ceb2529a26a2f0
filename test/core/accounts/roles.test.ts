import { expect, test } from 'vitest';
import type { Role } from '../../../lambda/contract/role-names.ts';
import { ROLE_NAMES } from '../../../lambda/contract/role-names.ts';
import { PERMISSIONS } from '../../../lambda/core/accounts/permissions.ts';
import { grantOf } from '../../../lambda/core/accounts/rights.ts';
import { ROLES } from '../../../lambda/core/accounts/roles.ts';

const may = (role: Role) => new Set<string>(ROLES[role]);

test('each of owner, admin, editor, contributor and viewer holds what the next one does', () => {
  const steps = [
    ['owner', 'admin'],
    ['admin', 'editor'],
    ['editor', 'contributor'],
    ['contributor', 'viewer'],
  ] as const;
  for (const [more, less] of steps) {
    expect([more, ROLES[less].filter((permission) => !may(more).has(permission))]).toEqual([more, []]);
  }
});

test('an auditor reads everything and changes nothing', () => {
  expect(ROLES.auditor).toEqual(PERMISSIONS.filter((permission) => permission.endsWith('.read')));
});

test('who looks after privacy takes down and erases, and gives nobody rights', () => {
  const officer = may('privacy-officer');

  for (const held of ['takedowns.write', 'files.purge', 'trash.empty']) expect(officer.has(held)).toBe(true);
  for (const lacking of ['files.upload', 'files.update', 'rules.write', 'keys.write']) {
    expect(officer.has(lacking)).toBe(false);
  }
});

test('only who administers an account reaches keys', () => {
  const reaching = ROLE_NAMES.filter((role) => may(role).has('keys.write') || may(role).has('signing-keys.write'));

  expect(reaching).toEqual(['owner', 'admin']);
});

test('a role is recorded by its name and means what it may do now', () => {
  expect(grantOf({ role: 'viewer', folderIds: ['a'] })).toEqual({
    role: 'viewer',
    permissions: ROLES.viewer,
    folderIds: ['a'],
  });
  expect(grantOf({ permissions: ['files.read'] })).toEqual({ permissions: ['files.read'] });
});
