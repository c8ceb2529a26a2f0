import type { EmbeddedFields } from '../../lambda/contract/embedded-fields.ts';
import type { EncodingLevel } from '../../lambda/contract/encoding-budget.ts';
import type { OverCeiling } from '../../lambda/contract/spend-ceiling.ts';
import type { TypePolicy } from '../../lambda/contract/type-policies.ts';
import type { Visibility } from '../../lambda/contract/visibility.ts';
import type { BackupConfig } from './backup.ts';
import { unbackedRegions } from './backup.ts';
import type { CdnInFrontConfig } from './cdn-in-front.ts';
import type { AuditLock, Rule } from './config-rules.ts';
import { RULES } from './config-rules.ts';
import { isObject } from './config-values.ts';
import { readDirectories } from './directories.ts';
import { hostsOf, type MediaDomain, type OwnDomain, sharedHosts, unprovenNames } from './domains.ts';
import { nobodyToFallBackTo } from './fallback-regions.ts';
import type { PeopleConfig } from './people.ts';

/** Who is told of alarms. */
export interface AlarmConfig {
  /** Mail addresses; each confirms once. @default none */
  readonly mails: readonly string[];
  /** HTTPS addresses of on-call tools. @default none */
  readonly urls: readonly string[];
}

/** What an owner decides about a deployment: the context key "vitrine" in cdk.json. */
export interface VitrineConfig {
  /** Prefix of stack and bucket names. @default 'vitrine' */
  readonly name: string;
  /** Regions of the deployment, 1 to 6; the first is home, where the account's settings are, and endpoints that name no region. @default ['eu-west-1'] */
  readonly regions: readonly [string, ...string[]];
  /** Hosts of media (docs/domains.md). @default the distribution's own host */
  readonly mediaDomain?: MediaDomain;
  /** Hosts of the home region's API (docs/domains.md). @default the distribution's own host */
  readonly apiDomain?: OwnDomain;
  /** Another CDN, which viewers ask in place of ours (docs/cdn-in-front.md). @default viewers ask us */
  readonly cdnInFront?: CdnInFrontConfig;
  /** 'small' has no web ACL: no rules for addresses and countries of all endpoints, no rate limit; no seals of the audit log, and no alarms. Under $2 idle. @default 'guarded' */
  readonly profile: 'small' | 'guarded';
  /** Countries (ISO 3166-1 alpha-2) that get no media. @default none */
  readonly blockedCountries: readonly string[];
  /** CIDR blocks that get no media. @default none */
  readonly blockedAddresses: readonly string[];
  /** Requests that one address may make in 5 minutes; an office is one address, and a gallery a hundred requests. @default 300000 */
  readonly requestsPerAddress: number;
  /** CIDR blocks that an upload by URL or an origin may reach although they are not public. @default none */
  readonly remoteUploadAllow: readonly string[];
  readonly transformer: {
    /** Memory, for the function and its child process (`LIMITS.renderBytes`); 1769 MB is one processor (AWS, "Configure Lambda function memory"). @default 1769 */
    readonly memoryMegabytes: number;
    /** Most transformations at a time; it also keeps that many of the account's for them. @default no own bound */
    readonly reservedConcurrency?: number;
    /**
     * Processor time that a stored picture may cost beyond its first answer (docs/performance.md). 'off': none. 'normal': 2 seconds, when it is
     * asked for again and the bytes that are saved pay for it. 'most': 8 seconds, behind every first answer.
     * @default normal
     */
    readonly betterEncoding: EncodingLevel;
  };
  /**
   * How a file of more than 4.4 MB comes in one request. 'off': it is refused, and goes in parts. 'web': to a Lambda Web Function,
   * which AWS has had for some weeks and not everywhere (docs/large-uploads.md).
   * @default off
   */
  readonly largeUploads: 'web' | 'off';
  /** What happens to uploads that are not what their sender declared (docs/formats.md). @default correct */
  readonly declaredTypes: TypePolicy;
  /**
   * Details of new pictures that are taken from their EXIF, IPTC and XMP, where nobody gave them.
   * @default none
   */
  readonly embeddedFields: EmbeddedFields;
  /**
   * Who sees a new file by its plain URL: everybody, or only those with a signed one. An upload that says `isPrivateFile` decides
   * for itself.
   * @default public
   */
  readonly defaultVisibility: Visibility;
  /** People who sign in, beside the keys of the API. @default none, and nothing that costs for them */
  readonly people?: PeopleConfig;
  /** Who is told of alarms, which the profile guarded has. @default nobody */
  readonly alarms: AlarmConfig;
  /** Whether CloudWatch has a dashboard for each region and one for the edge, $3 a month each after the account’s first three. @default false */
  readonly dashboards: boolean;
  /** US dollars that the account may cost a month before `alarms.mails` are told. @default no budget */
  readonly monthlyBudget?: number;
  /** US dollars that the account may cost a month before no new pictures are made (docs/cost.md). @default no ceiling */
  readonly spendCeiling?: number;
  /** Over the ceiling: 'refuse' answers 503 for a picture that was not made before, 'nearest' shows the stored size that is nearest to it (docs/cost.md). @default refuse */
  readonly overCeiling: OverCeiling;
  /** Where originals and records are replicated to. @default nowhere */
  readonly backup?: BackupConfig;
  /**
   * Each region is looked at from another one every minute, and declared down when it has not answered for some minutes and another
   * one can answer from its backup (docs/regions.md).
   * @default false
   */
  readonly automaticFailover: boolean;
  /** 'governance' is for trials: it lasts a day. What 'compliance' locks stays for 400 days, and nobody can shorten them. @default 'compliance' */
  readonly auditLock: AuditLock;
  /** Days after which a variant is made anew when it is asked for; none costs storage longer. @default 90 */
  readonly variantDays: number;
  /** False: originals, library and logs are deleted with their stacks. @default true */
  readonly retainData: boolean;
  /** The deployment's name, to confirm `retainData: false`. @default nothing is to be erased */
  readonly confirmErasure?: string;
}

/** Everything that is wrong with a configuration, a sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The context key "vitrine" in cdk.json has problems:\n${problems.map((one) => `- ${one}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** What values, each of which is allowed, forbid each other; a sentence each. */
const CONFLICTS = [
  unconfirmedErasure,
  unguarded,
  sharedHosts,
  unprovenNames,
  unknownHost,
  noDirectory,
  untold,
  lowCeiling,
  noCeiling,
  unbackedRegions,
  nobodyToFallBackTo,
];

/**
 * Reads the configuration; what is left out has its default.
 * @param input value of the context key; undefined for all defaults
 * @throws ConfigError with every problem at once, each with the allowed values
 */
export function readConfig(input: unknown): VitrineConfig {
  const problems: string[] = [];
  if (input !== undefined && !isObject(input)) throw new ConfigError(['The value must be an object.']);
  const config = readObject('', input ?? {}, problems) as unknown as VitrineConfig;
  if (problems.length === 0) problems.push(...CONFLICTS.flatMap((find) => find(config)));
  if (problems.length > 0) throw new ConfigError(problems);
  return withPeople(config);
}

/** What only the web ACL does must not be asked for without one. */
function unguarded({ profile, blockedCountries, blockedAddresses, cdnInFront }: VitrineConfig): string[] {
  const asked = { blockedCountries, blockedAddresses, cdnInFront: cdnInFront?.secrets ?? [] };
  return Object.entries(asked)
    .filter(([, list]) => profile === 'small' && list.length > 0)
    .map(([key]) => `"${key}" needs the web ACL, which "profile" "small" does not have. Set "profile" to "guarded".`);
}

/** A user pool is told where people come back to before a distribution has a host. */
function unknownHost({ people, apiDomain }: VitrineConfig): string[] {
  if (!people || apiDomain || people.hosts.length > 0) return [];
  return ['"people" needs "apiDomain", the host of the API that people come back to when they have signed in.'];
}

/** Without a directory nobody could come in. */
function noDirectory({ people }: VitrineConfig): string[] {
  if (!people?.directoriesOnly || Object.keys(people.directories).length > 0) return [];
  return ['"people.directoriesOnly" needs "people.directories": nobody could sign in.'];
}

/** A receiver that hears of nothing, or a budget that tells nobody. */
function untold({ profile, alarms, monthlyBudget }: VitrineConfig): string[] {
  const problems: string[] = [];
  if (profile === 'small' && alarms.mails.length + alarms.urls.length > 0 && monthlyBudget === undefined)
    problems.push('"alarms" needs alarms, which "profile" "small" does not have. Set "profile" to "guarded".');
  if (monthlyBudget !== undefined && alarms.mails.length === 0)
    problems.push('"monthlyBudget" needs "alarms.mails": nobody would be told.');
  return problems;
}

/** People would hear of the budget when no pictures are made any more. */
function lowCeiling({ monthlyBudget, spendCeiling }: VitrineConfig): string[] {
  if (monthlyBudget === undefined || spendCeiling === undefined || spendCeiling >= monthlyBudget) return [];
  return [`"spendCeiling" is ${spendCeiling}; it must be at least "monthlyBudget", ${monthlyBudget}.`];
}

function noCeiling({ overCeiling, spendCeiling }: VitrineConfig): string[] {
  if (overCeiling === 'refuse' || spendCeiling !== undefined) return [];
  return ['"overCeiling" needs "spendCeiling": nothing would ever be over it.'];
}

/** Members of people that follow from others. */
function withPeople(config: VitrineConfig): VitrineConfig {
  const { people, apiDomain } = config;
  if (!people) return config;
  const hosts = apiDomain && people.hosts.length === 0 ? hostsOf(apiDomain) : people.hosts;
  return { ...config, people: { ...people, hosts, directories: readDirectories(people.directories) } };
}

/** Deleting a stack asks for a yes and no more; everything that it holds is worth its name. */
function unconfirmedErasure({ name, retainData, confirmErasure }: VitrineConfig): string[] {
  if (retainData || confirmErasure === name) return [];
  return [
    `"retainData" is false: deleting the stacks erases every original, the library, keys and logs. To confirm that, set "confirmErasure" to ${JSON.stringify(name)}, the name of the deployment.`,
  ];
}

function readObject(prefix: string, input: Record<string, unknown>, problems: string[]): Record<string, unknown> {
  const keys = Object.keys(RULES).filter((key) => key.startsWith(prefix) && !key.slice(prefix.length).includes('.'));
  const names = keys.map((key) => key.slice(prefix.length));
  for (const unknown of Object.keys(input).filter((name) => !names.includes(name))) {
    problems.push(`"${prefix}${unknown}" is not known. Known keys: ${names.join(', ')}.`);
  }
  const entries = keys.map((key) => [
    key.slice(prefix.length),
    readValue(key, input[key.slice(prefix.length)], problems),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function readValue(key: string, given: unknown, problems: string[]): unknown {
  const rule = RULES[key] as Rule;
  const value = given ?? rule.fallback;
  if (value === undefined && rule.optional) return undefined;
  if (!rule.holds(value)) {
    problems.push(`"${key}" is ${JSON.stringify(value) ?? 'missing'}; allowed: ${rule.allowed}.`);
    return undefined;
  }
  return isObject(value) && !rule.isMap ? readObject(`${key}.`, value, problems) : value;
}
