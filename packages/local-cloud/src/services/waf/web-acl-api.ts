import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { LOCAL_ACCOUNT } from '../../assembly/references.ts';
import type { AwsApi } from '../../aws-api/aws-api.ts';
import { type JsonOperation, jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { StoredEntity, WafStore } from './waf-store.ts';

type Input = Readonly<Record<string, unknown>>;

/** Addresses of an IP set ("AWS WAF quotas"). */
const ADDRESSES = 10_000;

/**
 * AWS WAF's calls about IP sets and rule groups of CloudFront.
 * @param check compiles rules, so that what cannot be evaluated is refused here; throws
 */
export function webApplicationFirewall(store: WafStore, check: (rules: unknown) => void): AwsApi {
  const operations: Record<string, JsonOperation> = {
    CreateIPSet: async (input) => {
      requireScope(input);
      const { Name: name, IPAddressVersion: version } = input;
      if (typeof name !== 'string' || !/^[\w-]{1,128}$/.test(name)) throw invalid('Name is not valid.');
      if (store.list('ipSets').some((one) => one.name === name)) {
        throw new ServiceError('WAFDuplicateItemException', 'AWS WAF couldn’t perform the operation: duplicate name.');
      }
      const Addresses = readAddresses(input.Addresses, version);
      const id = randomUUID();
      const arn = `arn:aws:wafv2:us-east-1:${LOCAL_ACCOUNT}:global/ipset/${name}/${id}`;
      const properties = { IPAddressVersion: version, Addresses };
      return { Summary: summary(await store.put('ipSets', { arn, name, id, properties })) };
    },
    GetIPSet: (input) => {
      const { arn, name, id, lockToken, properties } = found(store, 'ipSets', input);
      const { IPAddressVersion, Addresses = [] } = properties;
      return { IPSet: { Name: name, Id: id, ARN: arn, IPAddressVersion, Addresses }, LockToken: lockToken };
    },
    UpdateIPSet: async (input) => {
      const set = locked(store, 'ipSets', input);
      const Addresses = readAddresses(input.Addresses, set.properties.IPAddressVersion);
      const { lockToken } = await store.put('ipSets', { ...set, properties: { ...set.properties, Addresses } });
      return { NextLockToken: lockToken };
    },
    ListIPSets: (input) => {
      requireScope(input);
      return { IPSets: store.list('ipSets').map(summary) };
    },
    DeleteIPSet: async (input) => {
      const set = locked(store, 'ipSets', input);
      if (store.list('ruleGroups').some(({ properties }) => JSON.stringify(properties).includes(set.arn))) {
        throw new ServiceError(
          'WAFAssociatedItemException',
          'AWS WAF couldn’t delete the IP set: a rule refers to it.',
        );
      }
      await store.remove('ipSets', set.arn);
      return {};
    },
    GetRuleGroup: (input) => {
      const { arn, name, id, lockToken, properties } = found(store, 'ruleGroups', input);
      const { Capacity, Rules = [], VisibilityConfig } = properties;
      const RuleGroup = {
        Name: name,
        Id: id,
        ARN: arn,
        Capacity,
        VisibilityConfig,
        Rules: renamed(Rules, 'Arn', 'ARN'),
      };
      return { RuleGroup, LockToken: lockToken };
    },
    UpdateRuleGroup: async (input) => {
      const group = locked(store, 'ruleGroups', input);
      const Rules = renamed(input.Rules ?? [], 'ARN', 'Arn');
      refuseUnknown(Rules, check);
      const { lockToken } = await store.put('ruleGroups', { ...group, properties: { ...group.properties, Rules } });
      return { NextLockToken: lockToken };
    },
  };
  return jsonApi({ signingName: 'wafv2', targetPrefix: 'AWSWAF_20190729', operations });
}

function requireScope({ Scope }: Input): void {
  if (Scope !== 'CLOUDFRONT') throw invalid('Scope must be CLOUDFRONT: there is nothing else on this machine.');
}

function found(store: WafStore, kind: 'ipSets' | 'ruleGroups', input: Input): StoredEntity {
  requireScope(input);
  const entity = store.find(kind, input.Name, input.Id);
  if (entity) return entity;
  throw new ServiceError('WAFNonexistentItemException', 'AWS WAF couldn’t perform the operation: no such resource.');
}

function locked(store: WafStore, kind: 'ipSets' | 'ruleGroups', input: Input): StoredEntity {
  const entity = found(store, kind, input);
  if (entity.lockToken === input.LockToken) return entity;
  throw new ServiceError('WAFOptimisticLockException', 'AWS WAF couldn’t save your changes: the lock token is old.');
}

function readAddresses(addresses: unknown, version: unknown): string[] {
  if (version !== 'IPV4' && version !== 'IPV6') throw invalid('IPAddressVersion must be IPV4 or IPV6.');
  if (!Array.isArray(addresses) || !addresses.every((one) => isBlock(one, version))) {
    throw invalid('Addresses must be CIDR blocks of the set’s IP version, without /0.');
  }
  if (addresses.length > ADDRESSES) throw new ServiceError('WAFLimitsExceededException', `At most ${ADDRESSES}.`);
  return addresses;
}

function isBlock(value: unknown, version: 'IPV4' | 'IPV6'): boolean {
  const [address = '', prefix = ''] = String(value).split('/');
  const family = version === 'IPV4' ? 4 : 6;
  return isIP(address) === family && /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}

function refuseUnknown(rules: unknown, check: (rules: unknown) => void): void {
  try {
    check(rules);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

/** The API writes ARN where CloudFormation writes Arn. */
function renamed(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key === from ? to : key, renamed(inner, from, to)]),
  );
}

const summary = ({ arn, name, id, lockToken }: StoredEntity) => ({
  Name: name,
  Id: id,
  ARN: arn,
  LockToken: lockToken,
});

const invalid = (message: string): ServiceError => new ServiceError('WAFInvalidParameterException', message);
