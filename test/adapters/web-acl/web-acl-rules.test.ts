import {
  CreateIPSetCommand,
  GetIPSetCommand,
  UpdateIPSetCommand,
  UpdateRuleGroupCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { type AwsApis, createWebAcl, startAwsApis, WafStore, type WebAcl } from 'local-cloud/aws-apis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { webAclRules } from '../../../lambda/adapters/web-acl/web-acl-rules.ts';
import type { WebAclState } from '../../../lambda/core/protection/rules/web-acl-state.ts';
import { TEST_CREDENTIALS } from '../library-fixture.ts';

/* The adapter with the real SDK client, the local AWS WAF, and the web ACL that decides by it. */
const GROUP = 'arn:aws:wafv2:us-east-1:000000000000:global/rulegroup/vitrine-access-rules/1';
const NOBODY = { ipv4: [], ipv6: [], countries: [] };
const NOTHING: WebAclState = { block: NOBODY, allow: NOBODY };

let apis: AwsApis;
let store: WafStore;
let client: WAFV2Client;
let acl: WebAcl;

beforeAll(async () => {
  store = await WafStore.open(undefined);
  store.declare('ruleGroups', GROUP, {
    VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'AccessRules' },
  });
  apis = await startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    waf: store,
    invalidate: () => true,
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
    log: console.error,
  });
  client = new WAFV2Client({ region: 'us-east-1', endpoint: apis.endpoint, credentials: TEST_CREDENTIALS });
  const Statement = { RuleGroupReferenceStatement: { Arn: GROUP } };
  const Rules = [{ Name: 'AccessRules', Priority: 0, Statement, OverrideAction: { None: {} } }];
  acl = createWebAcl(
    { DefaultAction: { Allow: {} }, Rules },
    { get: (arn) => store.get('ipSets', arn) },
    { ruleGroups: { get: (arn) => store.get('ruleGroups', arn) } },
  );
});

afterAll(() => apis.close());

const apply = (state: Partial<WebAclState>) => webAclRules(client, async () => GROUP).apply({ ...NOTHING, ...state });

function decides(ip: string, country?: string): string {
  const request = { ip, method: 'GET', uri: '/', query: '', headers: {}, ...(country !== undefined && { country }) };
  return acl.decide(request).action;
}

beforeEach(() => apply({}));

describe('rules of the web ACL behind another CDN', () => {
  const applyForwarded = (state: Partial<WebAclState>) =>
    webAclRules(
      client,
      async () => GROUP,
      async () => 'cf-connecting-ip',
    ).apply({ ...NOTHING, ...state });
  const decidesFor = (headers: Record<string, string>) =>
    acl.decide({ ip: '203.0.113.1', method: 'GET', uri: '/', query: '', headers }).action;

  it('block by the address that it names, and what cannot be read', async () => {
    await applyForwarded({ block: { ...NOBODY, ipv4: ['192.0.2.0/24', '203.0.113.0/24'] } });

    expect(decidesFor({ 'cf-connecting-ip': '192.0.2.9' })).toBe('block');
    expect(decidesFor({ 'cf-connecting-ip': '198.51.100.9' })).toBe('allow');
    expect(decidesFor({ 'cf-connecting-ip': 'nobody' })).toBe('block');
  });

  it('let in by the address that it names, and nobody whose address cannot be read', async () => {
    await applyForwarded({ allow: { ...NOBODY, ipv4: ['192.0.2.0/24', '203.0.113.0/24'] } });

    expect(decidesFor({ 'cf-connecting-ip': '192.0.2.9' })).toBe('allow');
    expect(decidesFor({ 'cf-connecting-ip': '198.51.100.9' })).toBe('block');
    expect(decidesFor({ 'cf-connecting-ip': 'nobody' })).toBe('block');
    expect(decidesFor({})).toBe('block');
  });
});

describe('rules of the web ACL at run time', () => {
  it('block addresses of both kinds, and no longer when they are gone', async () => {
    await apply({ block: { ...NOBODY, ipv4: ['192.0.2.0/24'], ipv6: ['2001:db8::/32'] } });

    expect(['192.0.2.255', '192.0.3.0', '2001:db8::1', '2001:db9::1'].map((ip) => decides(ip))).toEqual([
      ...['block', 'allow', 'block', 'allow'],
    ]);

    await apply({});

    expect(['192.0.2.255', '2001:db8::1'].map((ip) => decides(ip))).toEqual(['allow', 'allow']);
  });

  it('let in only allowed addresses, whatever their kind, minus blocked ones', async () => {
    await apply({
      allow: { ...NOBODY, ipv4: ['192.0.2.0/24'] },
      block: { ...NOBODY, ipv4: ['192.0.2.7/32'] },
    });

    expect(['192.0.2.1', '192.0.2.7', '198.51.100.1', '2001:db8::1'].map((ip) => decides(ip))).toEqual([
      ...['allow', 'block', 'block', 'block'],
    ]);
  });

  it('block and allow countries, more than one statement takes', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      `A${String.fromCharCode(65 + (index % 26))}${index}`.slice(0, 2),
    );
    await apply({ block: { ...NOBODY, countries: ['DE', ...new Set(many)] } });
    expect([decides('192.0.2.1', 'DE'), decides('192.0.2.1', 'FR'), decides('192.0.2.1')]).toEqual([
      ...['block', 'allow', 'allow'],
    ]);

    await apply({ allow: { ...NOBODY, countries: ['DE'] } });
    expect([decides('192.0.2.1', 'DE'), decides('192.0.2.1', 'FR'), decides('192.0.2.1')]).toEqual([
      ...['allow', 'block', 'block'],
    ]);
  });

  it('are not written again when they are so already', async () => {
    const state = { block: { ...NOBODY, ipv4: ['192.0.2.0/24'], ipv6: ['2001:db8::/32'], countries: ['DE'] } };
    await apply(state);
    const tokens = () => [...store.list('ipSets'), ...store.list('ruleGroups')].map(({ lockToken }) => lockToken);
    const before = tokens();

    await apply(state);

    expect(tokens()).toEqual(before);
  });

  it('leave no address behind in a set that nobody asks any more', async () => {
    await apply({ block: { ...NOBODY, ipv4: ['192.0.2.0/24'] } });
    await apply({});

    expect(store.list('ipSets').flatMap(({ properties }) => properties.Addresses)).toEqual([]);
  });

  it('keep their sets, of which there are at most four', async () => {
    const list = { ipv4: ['192.0.2.0/24'], ipv6: ['2001:db8::/32'], countries: [] };
    await apply({ block: list, allow: list });
    await apply({});
    await apply({ block: list, allow: list });

    expect(new Set(store.list('ipSets').map(({ arn }) => arn)).size).toBe(4);
  });

  it('survive two calls at the same time', async () => {
    const state = { block: { ...NOBODY, ipv4: ['192.0.2.0/24'] } };

    await Promise.all([apply(state), apply(state), apply(state)]);

    expect(decides('192.0.2.1')).toBe('block');
  });
});

describe('the local AWS WAF', () => {
  it('refuses an old lock token, an address of the other kind, /0 and a name that is taken', async () => {
    await apply({ block: { ...NOBODY, ipv4: ['192.0.2.0/24'] } });
    const [set] = store.list('ipSets').filter(({ properties }) => properties.IPAddressVersion === 'IPV4');
    const place = { Name: set?.name, Id: set?.id, Scope: 'CLOUDFRONT' } as const;
    const { LockToken } = await client.send(new GetIPSetCommand(place));
    const update = (Addresses: string[], token = LockToken) =>
      client.send(new UpdateIPSetCommand({ ...place, Addresses, LockToken: token }));

    await expect(update(['0.0.0.0/0'])).rejects.toMatchObject({ name: 'WAFInvalidParameterException' });
    await expect(update(['2001:db8::/32'])).rejects.toMatchObject({ name: 'WAFInvalidParameterException' });
    await update(['192.0.2.1/32']);
    await expect(update([])).rejects.toMatchObject({ name: 'WAFOptimisticLockException' });
    await expect(
      client.send(new CreateIPSetCommand({ ...place, IPAddressVersion: 'IPV4', Addresses: [] })),
    ).rejects.toMatchObject({ name: 'WAFDuplicateItemException' });
    await expect(client.send(new GetIPSetCommand({ ...place, Id: 'other' }))).rejects.toMatchObject({
      name: 'WAFNonexistentItemException',
    });
  });

  it('refuses rules that it cannot evaluate', async () => {
    const LockToken = store.list('ruleGroups')[0]?.lockToken;
    const VisibilityConfig = { CloudWatchMetricsEnabled: false, SampledRequestsEnabled: false, MetricName: 'x' };
    const update = client.send(
      new UpdateRuleGroupCommand({
        ...{ Name: 'vitrine-access-rules', Id: '1', Scope: 'CLOUDFRONT', LockToken, VisibilityConfig },
        Rules: [
          { Name: 'x', Priority: 0, VisibilityConfig, Statement: { IPSetReferenceStatement: { ARN: 'arn:none' } } },
        ],
      }),
    );

    await expect(update).rejects.toMatchObject({ name: 'WAFInvalidParameterException' });
  });
});

it('keeps what the API changed when the template is declared again', async () => {
  const before = store.get('ruleGroups', GROUP)?.Rules;
  store.declare('ruleGroups', GROUP, { VisibilityConfig: {} });

  expect(before).toBeDefined();
  expect(store.get('ruleGroups', GROUP)?.Rules).toEqual(before);
});
