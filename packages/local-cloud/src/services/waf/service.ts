import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { WAF_RESOURCE_TYPES } from './properties.ts';
import { WafStore } from './waf-store.ts';
import { checkRules } from './web-acl.ts';
import { webApplicationFirewall } from './web-acl-api.ts';

/** IP sets and rule groups, as the templates declare them and as they were changed since. */
export const WAF = offerOf<WafStore>('the web ACL’s sets and groups');

export const waf: Service = {
  name: 'waf',
  resourceTypes: WAF_RESOURCE_TYPES,
  sdkEndpoints: ['WAFV2'],
  start: async (cloud) => {
    const store = await cloud.using('waf.json', (file) => WafStore.open(file));
    for (const { attributes, properties } of cloud.resources('AWS::WAFv2::IPSet')) {
      store.declare('ipSets', attributes.Arn ?? '', properties);
    }
    for (const { attributes, properties } of cloud.resources('AWS::WAFv2::RuleGroup')) {
      store.declare('ruleGroups', attributes.Arn ?? '', properties);
    }
    const ipSets = { get: (arn: string) => store.get('ipSets', arn) };
    cloud.offer(WAF, store);
    cloud.apis.add(webApplicationFirewall(store, (rules) => checkRules(rules, ipSets)));
  },
};
