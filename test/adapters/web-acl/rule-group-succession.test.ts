import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { type AwsApis, startAwsApis, WafStore } from 'local-cloud/aws-apis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRules, removeRules } from '../../../lambda/adapters/web-acl/rule-group-succession.ts';
import { webAclRules } from '../../../lambda/adapters/web-acl/web-acl-rules.ts';
import { TEST_CREDENTIALS } from '../library-fixture.ts';

const group = (version: string) =>
  `arn:aws:wafv2:us-east-1:000000000000:global/rulegroup/vitrine-access-rules-v${version}/${version}`;
const [BEFORE, AFTER] = [group('00000001'), group('00000002')];
const NOBODY = { ipv4: [], ipv6: [], countries: [] };

let apis: AwsApis;
let store: WafStore;
let client: WAFV2Client;

beforeAll(async () => {
  store = await WafStore.open(undefined);
  for (const arn of [BEFORE, AFTER]) {
    store.declare('ruleGroups', arn, {
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'AccessRules' },
    });
  }
  apis = await startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    waf: store,
    invalidate: () => true,
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
    log: console.error,
  });
  client = new WAFV2Client({ region: 'us-east-1', endpoint: apis.endpoint, credentials: TEST_CREDENTIALS });
});

afterAll(() => apis.close());

const apply = (arn: string, ipv4: string[]) =>
  webAclRules(client, async () => arn).apply({ block: { ...NOBODY, ipv4 }, allow: NOBODY });
const rulesOf = (arn: string) => store.get('ruleGroups', arn)?.Rules as unknown[];
const setNames = () => store.list('ipSets').map(({ name }) => name);

describe('a rule group after another', () => {
  it('has the rules of the one before it, and goes on with its IP sets', async () => {
    await apply(BEFORE, ['192.0.2.0/24']);
    await copyRules(client, BEFORE, AFTER);
    expect(rulesOf(AFTER)).toEqual(rulesOf(BEFORE));

    await apply(AFTER, ['198.51.100.0/24']);
    expect(setNames()).toEqual([expect.stringMatching(/^vitrine-access-rules-block-ipv4-/)]);
    expect(store.list('ipSets')[0]?.properties.Addresses).toEqual(['198.51.100.0/24']);
  });

  it('takes the IP sets with it at the end, and nobody else’s', async () => {
    await store.put('ipSets', {
      arn: 'arn:aws:wafv2:us-east-1:000000000000:global/ipset/other-set/1',
      ...{ name: 'other-set', id: '1', properties: { IPAddressVersion: 'IPV4', Addresses: [] } },
    });
    store.declare('ruleGroups', BEFORE, { Rules: [] });

    await removeRules(client, AFTER, 'vitrine-access-rules-');

    expect(rulesOf(AFTER)).toEqual([]);
    expect(setNames()).toEqual(['other-set']);
  });
});
