import { isCountryCode } from '../../lambda/contract/country-code.ts';
import { EMBEDDED_FIELDS_RULE, isEmbeddedFields } from '../../lambda/contract/embedded-fields.ts';
import { ENCODING_LEVELS, isEncodingLevel } from '../../lambda/contract/encoding-budget.ts';
import { OVER_CEILING } from '../../lambda/contract/spend-ceiling.ts';
import { DEFAULT_TYPE_POLICY, isTypePolicy, TYPE_POLICIES } from '../../lambda/contract/type-policies.ts';
import { isVisibility, VISIBILITIES } from '../../lambda/contract/visibility.ts';
import { areDestinations, DESTINATIONS_RULE } from './backup.ts';
import { areSecretNames, HEADER_RULE, isCdnHeader, SECRETS_RULE } from './cdn-in-front.ts';
import {
  commercialRegions,
  isCertificateArn,
  isCidrBlock,
  isDistinctList,
  isHostName,
  isHttpsUrl,
  isMailAddress,
  isObject,
  isRegion,
  isWhole,
} from './config-values.ts';
import { DIRECTORIES_RULE, isDirectories } from './directories.ts';
import { areHostedZones, ZONES_RULE } from './domains.ts';

/** How a region's copy of the audit log is locked: for 400 days against everybody, or for a day against most. */
export const AUDIT_LOCKS = ['compliance', 'governance'] as const;
export type AuditLock = (typeof AUDIT_LOCKS)[number];

const isOneOf =
  (allowed: readonly unknown[]) =>
  (value: unknown): boolean =>
    allowed.includes(value);

/** What one key may be. */
export interface Rule {
  readonly fallback?: unknown;
  /** May be absent, without a default. */
  readonly optional?: true;
  /** An object whose members have names that the owner chose. */
  readonly isMap?: true;
  readonly allowed: string;
  readonly holds: (value: unknown) => boolean;
}

/** CloudFront takes 100 names for a distribution (AWS, "Quotas on distributions"). */
const MOST_OTHER_NAMES = 99;

const domainRules = (key: string, example: string): Readonly<Record<string, Rule>> => ({
  [key]: { optional: true, allowed: 'an object with "name", and "certificateArn" or "hostedZones"', holds: isObject },
  [`${key}.name`]: { allowed: `a host name in lower case, such as ${example}`, holds: isHostName },
  [`${key}.otherNames`]: {
    optional: true,
    allowed: `a list of different host names in lower case, at most ${MOST_OTHER_NAMES}`,
    holds: (value) => isDistinctList(value, isHostName) && value.length <= MOST_OTHER_NAMES,
  },
  [`${key}.certificateArn`]: {
    optional: true,
    allowed: 'the ARN of an ACM certificate in us-east-1, where CloudFront looks for it',
    holds: isCertificateArn,
  },
  [`${key}.hostedZones`]: { optional: true, allowed: ZONES_RULE, holds: areHostedZones },
});

/** One record per key; nested ones are written with a dot. */
export const RULES: Readonly<Record<string, Rule>> = {
  name: {
    fallback: 'vitrine',
    allowed: 'a lower-case letter, then up to 19 lower-case letters, digits or single dashes between them',
    holds: (value) => typeof value === 'string' && value.length <= 20 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value),
  },
  regions: {
    fallback: ['eu-west-1'],
    allowed: `1 to 6 different regions of ${commercialRegions().join(', ')}`,
    holds: (value) => isDistinctList(value, isRegion) && value.length >= 1 && value.length <= 6,
  },
  profile: { fallback: 'guarded', allowed: 'small or guarded', holds: isOneOf(['small', 'guarded']) },
  ...domainRules('mediaDomain', 'media.example.com'),
  ...domainRules('apiDomain', 'api.example.com'),
  cdnInFront: { optional: true, allowed: 'an object with "addressHeader"', holds: isObject },
  'cdnInFront.addressHeader': { allowed: HEADER_RULE, holds: isCdnHeader },
  'cdnInFront.countryHeader': { optional: true, allowed: HEADER_RULE, holds: isCdnHeader },
  'cdnInFront.secrets': { fallback: ['first'], allowed: SECRETS_RULE, holds: areSecretNames },
  'cdnInFront.refuseDirect': { fallback: true, allowed: 'true or false', holds: (value) => typeof value === 'boolean' },
  blockedCountries: {
    fallback: [],
    allowed: 'a list of different ISO 3166-1 alpha-2 codes in upper case, at most 50',
    holds: (value) => isDistinctList(value, isCountryCode) && value.length <= 50,
  },
  blockedAddresses: {
    fallback: [],
    allowed: 'a list of different IPv4 or IPv6 CIDR blocks, such as 192.0.2.0/24 (prefix length from 1), at most 10000',
    holds: (value) => isDistinctList(value, isCidrBlock) && value.length <= 10_000,
  },
  requestsPerAddress: {
    fallback: 300_000,
    allowed: 'a whole number from 10 to 2000000000',
    holds: (value) => isWhole(value, 10, 2_000_000_000),
  },
  remoteUploadAllow: {
    fallback: [],
    allowed: 'a list of different IPv4 or IPv6 CIDR blocks, such as 10.0.0.0/8 (prefix length from 1), at most 50',
    holds: (value) => isDistinctList(value, isCidrBlock) && value.length <= 50,
  },
  embeddedFields: { fallback: {}, allowed: EMBEDDED_FIELDS_RULE, holds: isEmbeddedFields, isMap: true },
  defaultVisibility: { fallback: 'public', allowed: VISIBILITIES.join(', '), holds: isVisibility },
  largeUploads: { fallback: 'off', allowed: 'web or off', holds: isOneOf(['web', 'off']) },
  declaredTypes: { fallback: DEFAULT_TYPE_POLICY, allowed: TYPE_POLICIES.join(', '), holds: isTypePolicy },
  transformer: { fallback: {}, allowed: 'an object', holds: isObject },
  'transformer.memoryMegabytes': {
    fallback: 1769,
    allowed: 'a whole number from 1280 to 10240',
    holds: (value) => isWhole(value, 1280, 10_240),
  },
  'transformer.reservedConcurrency': {
    optional: true,
    allowed: 'a whole number from 1 to 100000',
    holds: (value) => isWhole(value, 1, 100_000),
  },
  'transformer.betterEncoding': {
    fallback: 'normal',
    allowed: ENCODING_LEVELS.join(', '),
    holds: isEncodingLevel,
  },
  people: { optional: true, allowed: 'an object with "mailFrom"', holds: isObject },
  'people.mailFrom': { allowed: 'a mail address in lower case, such as vitrine@example.com', holds: isMailAddress },
  'people.hosts': {
    fallback: [],
    allowed: 'a list of different host names in lower case, at most 20',
    holds: (value) => isDistinctList(value, (one) => one === 'localhost' || isHostName(one)) && value.length <= 20,
  },
  'people.allowedDomains': {
    fallback: [],
    allowed: 'a list of different domains in lower case, at most 50',
    holds: (value) => isDistinctList(value, isHostName) && value.length <= 50,
  },
  'people.directories': { fallback: {}, allowed: DIRECTORIES_RULE, holds: isDirectories, isMap: true },
  'people.directoriesOnly': {
    fallback: false,
    allowed: 'true or false',
    holds: (value) => typeof value === 'boolean',
  },
  alarms: { fallback: {}, allowed: 'an object', holds: isObject },
  'alarms.mails': {
    fallback: [],
    allowed: 'a list of different mail addresses in lower case, at most 10',
    holds: (value) => isDistinctList(value, isMailAddress) && value.length <= 10,
  },
  'alarms.urls': {
    fallback: [],
    allowed: 'a list of different addresses that begin with https://, at most 10',
    holds: (value) => isDistinctList(value, isHttpsUrl) && value.length <= 10,
  },
  dashboards: { fallback: false, allowed: 'true or false', holds: (value) => typeof value === 'boolean' },
  monthlyBudget: {
    optional: true,
    allowed: 'a whole number of US dollars from 1 to 1000000',
    holds: (value) => isWhole(value, 1, 1_000_000),
  },
  spendCeiling: {
    optional: true,
    allowed: 'a whole number of US dollars from 1 to 1000000',
    holds: (value) => isWhole(value, 1, 1_000_000),
  },
  overCeiling: { fallback: 'refuse', allowed: OVER_CEILING.join(', '), holds: isOneOf(OVER_CEILING) },
  backup: { optional: true, allowed: 'an object with "destinations"', holds: isObject },
  'backup.destinations': { allowed: DESTINATIONS_RULE, holds: areDestinations, isMap: true },
  'backup.timeControl': { fallback: false, allowed: 'true or false', holds: (value) => typeof value === 'boolean' },
  automaticFailover: { fallback: false, allowed: 'true or false', holds: (value) => typeof value === 'boolean' },
  auditLock: { fallback: 'compliance', allowed: AUDIT_LOCKS.join(', '), holds: isOneOf(AUDIT_LOCKS) },
  variantDays: { fallback: 90, allowed: 'a whole number from 1 to 3650', holds: (value) => isWhole(value, 1, 3650) },
  retainData: { fallback: true, allowed: 'true or false', holds: (value) => typeof value === 'boolean' },
  confirmErasure: {
    optional: true,
    allowed: 'the name of the deployment',
    holds: (value) => typeof value === 'string',
  },
};
