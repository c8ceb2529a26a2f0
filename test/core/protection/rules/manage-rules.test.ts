import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { ManageRulesDeps } from '../../../../lambda/core/protection/rules/manage-rules.ts';
import { createRule, deleteRule, getRule, updateRule } from '../../../../lambda/core/protection/rules/manage-rules.ts';
import type { MatcherType } from '../../../../lambda/core/protection/rules/rule.ts';
import { ruleAnswer } from '../../../../lambda/core/protection/rules/rule-answer.ts';
import { syncWebAcl } from '../../../../lambda/core/protection/rules/sync-web-acl.ts';
import type { WebAclState } from '../../../../lambda/core/protection/rules/web-acl-state.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';
import { memoryRules, NOW } from './memory-rules.ts';

let deps: ManageRulesDeps;
let told: readonly AuditEvent[];
let now: number;

beforeEach(() => {
  now = NOW;
  let ids = 0;
  const rules = memoryRules();
  told = rules.told;
  deps = {
    rules,
    hasEndpoint: async (id) => id === 'shop',
    hasWebAcl: async () => true,
    clock: () => now,
    ids: { hexId: () => String(++ids).padStart(24, '0') },
    makeEvent,
  };
});

const rule = (type: MatcherType, ...values: string[]) =>
  ({ effect: 'block', reason: 'abuse', match: { type, values } }) as const;
const ip = (...values: string[]) => rule('ip', ...values);

describe('rules of a deployment without a web ACL', () => {
  const withoutWebAcl = () => ({ ...deps, hasWebAcl: async () => false });

  it('are refused when only a web ACL could decide them', async () => {
    await expect(createRule(withoutWebAcl(), OWNER, ip('192.0.2.0/24'))).rejects.toMatchObject({
      code: 'rule.invalid',
      message: expect.stringContaining('no web ACL (profile small)'),
    });
  });

  it('are taken for one endpoint, where the edge decides them', async () => {
    expect(await createRule(withoutWebAcl(), OWNER, { ...ip('192.0.2.0/24'), scope: 'shop' })).toMatchObject({
      scope: 'shop',
    });
  });
});

describe('rules', () => {
  it('are made, read, replaced and deleted', async () => {
    const made = await createRule(deps, OWNER, ip('192.0.2.0/24'));
    now += 1000;
    const changed = await updateRule(deps, OWNER, made.id, { ...ip('2001:db8::/32'), author: 'ann' });

    expect(made.id).toBe('ip_000000000000000000000001');
    expect(changed).toMatchObject({ id: made.id, createdAt: made.createdAt, author: 'ann' });
    expect(changed.updatedAt).not.toBe(made.updatedAt);
    expect(await getRule(deps, OWNER, made.id)).toEqual(changed);
    await deleteRule(deps, OWNER, made.id);
    await expect(getRule(deps, OWNER, made.id)).rejects.toMatchObject({ code: 'rule.not-found' });
    await expect(deleteRule(deps, OWNER, made.id)).rejects.toMatchObject({ code: 'rule.not-found' });
  });

  it('tell every change with what was before and is after', async () => {
    const made = await createRule(deps, OWNER, ip('192.0.2.0/24'));
    const changed = await updateRule(deps, OWNER, made.id, { ...ip('2001:db8::/32'), author: 'ann' });
    await deleteRule(deps, OWNER, made.id);

    const of = { caller: { kind: 'private-key', id: 'private-key' }, object: { kind: 'rule', id: made.id } };
    expect(told).toMatchObject([
      { ...of, action: 'rule.created', after: { ...made } },
      { ...of, action: 'rule.updated', before: { ...made }, after: { ...changed } },
      { ...of, action: 'rule.deleted', before: { ...changed } },
    ]);
    expect([told[0]?.before, told[2]?.after]).toEqual([undefined, undefined]);
  });

  it('tell nothing of what is refused', async () => {
    await expect(createRule(deps, OWNER, { ...ip('192.0.2.0/24'), scope: 'gone' })).rejects.toThrow();
    await expect(updateRule(deps, OWNER, 'ip_0', ip('192.0.2.0/24'))).rejects.toThrow();
    await expect(deleteRule(deps, OWNER, 'ip_0')).rejects.toThrow();

    expect(told).toEqual([]);
  });

  it('stay of their type and of an endpoint that is there', async () => {
    const made = await createRule(deps, OWNER, ip('192.0.2.0/24'));
    const country = rule('country', 'DE');

    await expect(updateRule(deps, OWNER, made.id, country)).rejects.toMatchObject({ code: 'rule.invalid' });
    await expect(createRule(deps, OWNER, { ...country, scope: 'gone' })).rejects.toMatchObject({
      code: 'rule.invalid',
      message: 'There is no endpoint "gone".',
    });
    await expect(createRule(deps, OWNER, { ...country, scope: 'shop' })).resolves.toBeDefined();
  });

  it('are refused when the edge has no room for them', async () => {
    const long = (index: number) =>
      rule('urlPattern', ...Array.from({ length: 8 }, (_, at) => `/${index}-${at}/${'x'.repeat(110)}`));

    for (let index = 0; index < 4; index++) await createRule(deps, OWNER, long(index));

    await expect(createRule(deps, OWNER, long(4))).rejects.toMatchObject({
      code: 'rule.limit',
      message: expect.stringContaining('4 values of 1024 bytes'),
    });
  });

  it('say where they stand', async () => {
    const input = { ...ip('192.0.2.0/24'), startsAt: '2026-11-25T13:00:00.000Z', endsAt: '2026-11-25T14:00:00.000Z' };
    const rule = await createRule(deps, OWNER, input);
    const at = (minutes: number) => ruleAnswer(rule, NOW + minutes * 60_000).status;

    expect([at(30), at(60), at(61), at(120), at(121)]).toEqual([
      ...['scheduled', 'spreading', 'active', 'spreading', 'ended'],
    ]);
    expect(ruleAnswer(rule, NOW).match).toEqual({ type: 'ip', values: ['192.0.2.0/24'] });
  });
});

describe('syncWebAcl', () => {
  it('gives the web ACL what is in force now, and takes it back at its end', async () => {
    const states: WebAclState[] = [];
    const webAcl = { apply: async (state: WebAclState) => void states.push(state) };
    await createRule(deps, OWNER, {
      ...ip('192.0.2.0/24', '2001:db8::/32', '192.0.2.0/24'),
      endsAt: '2026-11-25T13:00:00.000Z',
    });
    await createRule(deps, OWNER, { ...rule('country', 'fr', 'de'), effect: 'allow' });
    await createRule(deps, OWNER, { ...ip('198.51.100.1'), scope: 'shop' });
    const nobody = { ipv4: [], ipv6: [], countries: [] };

    await syncWebAcl({ rules: deps.rules, webAcl, clock: () => now });
    now = Date.parse('2026-11-25T13:00:00Z');
    await syncWebAcl({ rules: deps.rules, webAcl, clock: () => now });

    const allow = { ...nobody, countries: ['DE', 'FR'] };
    expect(states).toEqual([
      { block: { ipv4: ['192.0.2.0/24'], ipv6: ['2001:db8::/32'], countries: [] }, allow },
      { block: nobody, allow },
    ]);
  });
});
