import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Permission } from '../../../lambda/core/accounts/permissions.ts';
import { PERMISSIONS } from '../../../lambda/core/accounts/permissions.ts';
import {
  covers,
  decide,
  isAllowed,
  requirePermission,
  requireSomewhere,
  scopeOf,
} from '../../../lambda/core/accounts/policy.ts';
import { ROLES } from '../../../lambda/core/accounts/roles.ts';
import type { Caller, Grant } from '../../../lambda/core/kernel/caller.ts';

const callerWith = (...grants: Grant[]): Caller => ({ kind: 'restricted-key', id: 'k1', grants });

describe('the policy', () => {
  it('allows nothing that no grant names', () => {
    expect(PERMISSIONS.filter((permission) => isAllowed(callerWith(), permission, ['root']))).toEqual([]);
  });

  it('allows every role what it lists and nothing else', () => {
    for (const [role, permissions] of Object.entries(ROLES)) {
      const caller = callerWith({ permissions });

      const allowed = PERMISSIONS.filter((permission) => isAllowed(caller, permission, ['root', 'a']));

      expect([role, allowed]).toEqual([role, PERMISSIONS.filter((one) => (permissions as Permission[]).includes(one))]);
    }
  });

  it('holds a grant in its folder and below it, and nowhere else', () => {
    const caller = callerWith({ permissions: ['files.read'], folderIds: ['shop'] });

    expect(isAllowed(caller, 'files.read', ['root', 'shop'])).toBe(true);
    expect(isAllowed(caller, 'files.read', ['root', 'shop', 'summer'])).toBe(true);
    expect(isAllowed(caller, 'files.read', ['root', 'shopping'])).toBe(false);
    expect(isAllowed(caller, 'files.read', ['root'])).toBe(false);
  });

  it('gives a grant that is bound to folders nothing that lies in none', () => {
    const caller = callerWith({ permissions: PERMISSIONS, folderIds: ['root'] });

    expect(isAllowed(caller, 'rules.write')).toBe(false);
  });

  it('names the grant that allows something, or why none does', () => {
    const everywhere: Grant = { role: 'viewer', permissions: ['files.read'] };
    const inShop: Grant = { permissions: ['files.delete'], folderIds: ['shop'] };
    const caller = callerWith(everywhere, inShop);

    expect(decide(caller, 'files.read', ['root'])).toEqual({ allowed: true, rule: everywhere });
    expect(decide(caller, 'files.delete', ['root', 'shop'])).toEqual({ allowed: true, rule: inShop });
    expect(decide(caller, 'files.delete', ['root', 'shopping'])).toEqual({ allowed: false, reason: 'elsewhere' });
    expect(decide(caller, 'files.delete')).toEqual({ allowed: false, reason: 'elsewhere' });
    expect(decide(caller, 'rules.read')).toEqual({ allowed: false, reason: 'no-grant' });
  });

  it('lets nobody give what they lack, wherever it would hold', () => {
    const caller = callerWith({ permissions: ['files.read'], folderIds: ['shop'] });

    expect(covers(caller, 'files.read', { folderIds: ['shop'] })).toBe(true);
    expect(covers(caller, 'files.read', { folderIds: ['shop', 'other'] })).toBe(false);
    expect(covers(caller, 'files.read', {})).toBe(false);
    expect(covers(caller, 'files.update', { folderIds: ['shop'] })).toBe(false);
  });

  it('lets in who has a permission in some folder, and nobody who has it in none', () => {
    const caller = callerWith({ permissions: ['files.read'], folderIds: ['shop'] });

    expect(() => requireSomewhere(caller, 'files.read')).not.toThrow();
    expect(() => requireSomewhere(callerWith({ permissions: ['files.read'] }), 'files.read')).not.toThrow();
    expect(() => requireSomewhere(caller, 'files.move')).toThrow('files.move');
    expect(() => requireSomewhere(callerWith({ permissions: ['files.read'], folderIds: [] }), 'files.read')).toThrow();
  });

  it('refuses by the name of what is missing', () => {
    expect(() => requirePermission(callerWith(), 'files.delete', ['root'])).toThrow(/files\.delete in this folder/);
  });

  it('holds a grant with its endpoints, and nowhere else', () => {
    const caller = callerWith({ permissions: ['rules.read'], endpointIds: ['shop'] });

    expect(isAllowed(caller, 'rules.read', { endpointId: 'shop' })).toBe(true);
    expect(isAllowed(caller, 'rules.read', { endpointId: 'blog' })).toBe(false);
    expect(isAllowed(caller, 'rules.read', ['shop'])).toBe(false);
    expect(isAllowed(caller, 'rules.read')).toBe(false);
    expect(
      isAllowed(callerWith({ permissions: ['rules.read'], folderIds: ['shop'] }), 'rules.read', { endpointId: 'shop' }),
    ).toBe(false);
  });

  it('lets nobody give what they lack: whatever they give allows nothing that they may not', () => {
    const ids = fc.constantFrom('a', 'b', 'c');
    const some = fc.array(ids, { maxLength: 2 });
    const bounds = fc.record({ folderIds: some, endpointIds: some }, { requiredKeys: [] });
    const grants = fc.array(
      bounds.map((bound): Grant => ({ permissions: ['files.read'], ...bound })),
      { maxLength: 3 },
    );
    const place = fc.oneof(
      fc.constant(undefined),
      some,
      ids.map((endpointId) => ({ endpointId })),
    );
    let given = 0;
    fc.assert(
      fc.property(grants, bounds, place, (held, gift, where) => {
        const giver = callerWith(...held);
        if (!covers(giver, 'files.read', gift)) return true;
        given++;
        const taker = callerWith({ permissions: ['files.read'], ...gift });
        return !isAllowed(taker, 'files.read', where) || isAllowed(giver, 'files.read', where);
      }),
      { numRuns: 2000 },
    );
    expect(given).toBeGreaterThan(200);
  });

  it('decides as its scope says, whatever the grants', () => {
    const ids = fc.constantFrom('root', 'a', 'b', 'c', 'd');
    const grant = fc.record(
      { permissions: fc.subarray([...PERMISSIONS]), folderIds: fc.array(ids, { maxLength: 3 }) },
      { requiredKeys: ['permissions'] },
    );
    fc.assert(
      fc.property(fc.array(grant), fc.constantFrom(...PERMISSIONS), fc.array(ids), (grants, permission, chain) => {
        const scope = scopeOf(callerWith(...(grants as Grant[])), permission);
        const covered = scope === 'everywhere' || chain.some((id) => scope.has(id));

        return isAllowed(callerWith(...(grants as Grant[])), permission, chain) === covered;
      }),
    );
  });
});
