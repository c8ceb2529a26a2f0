import type { GroupRole } from '../../lambda/contract/people.ts';
import { CUSTOM_ROLE_ID, isRole, ROLE_NAMES } from '../../lambda/contract/role-names.ts';
import { isHostName, isObject } from './config-values.ts';

/** What a directory calls the things that are asked of it: claims of an OIDC one, attributes of a SAML one. */
export interface DirectoryAttributes {
  readonly mail: string;
  /** Whether the address is verified; without it nobody can be found by it. */
  readonly mailVerified: string;
  readonly groups: string;
  /** By what somebody proved who they are (RFC 8176). */
  readonly methods: string;
}

/** What directories of every kind have. */
export interface EveryDirectory {
  /** Domains for whose addresses the directory speaks. */
  readonly domains: readonly string[];
  /** 'trusted': it asks everybody for a second factor, and need not say so. @default proven */
  readonly secondFactor: 'proven' | 'trusted';
  /** Roles that its groups give at each sign-in. */
  readonly groups: Readonly<Record<string, GroupRole>>;
  readonly attributes: DirectoryAttributes;
}

/** A directory of the customer's that people sign in by. */
export type DirectoryConfig = EveryDirectory &
  (
    | { readonly kind: 'saml'; readonly metadataUrl: string }
    | {
        readonly kind: 'oidc';
        readonly issuer: string;
        readonly clientId: string;
        /** Of a secret of Secrets Manager whose whole text is the client's secret. */
        readonly clientSecretArn: string;
      }
  );

/** The description of the API's people must fit into the environment of a function, 4 KB for everything (AWS, "Lambda quotas"). */
const CHARACTERS = 1500;
const DIRECTORIES = 5;
const DOMAINS = 20;
const GROUPS = 20;

const DEFAULT_ATTRIBUTES: DirectoryAttributes = {
  mail: 'email',
  mailVerified: 'email_verified',
  groups: 'groups',
  methods: 'amr',
};

export const DIRECTORIES_RULE = [
  `an object of at most ${DIRECTORIES} directories by name (letters, digits and dashes, at most 32), each with "kind" "oidc"`,
  '("issuer", "clientId", "clientSecretArn") or "saml" ("metadataUrl"), "domains" (1 to 20 in lower case), "groups" (at most 20,',
  `each { "role": one of ${ROLE_NAMES.join(', ')} or the id of a custom role, "folderIds"?, "endpointIds"? }), "secondFactor" (proven or trusted) and "attributes"`,
  `(${Object.keys(DEFAULT_ATTRIBUTES).join(', ')}); domains are of one directory; at most ${CHARACTERS} characters of names, domains and groups in all`,
].join(' ');

export function isDirectories(value: unknown): boolean {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  const domains = entries.flatMap(([, one]) => (isObject(one) && Array.isArray(one.domains) ? one.domains : []));
  const told = entries.map(([name, one]) => (isObject(one) ? [name, one.domains, one.groups] : name));
  return (
    entries.length <= DIRECTORIES &&
    new Set(domains).size === domains.length &&
    JSON.stringify(told).length <= CHARACTERS &&
    entries.every(([name, one]) => isDirectoryName(name) && isDirectory(one))
  );
}

/** Adds the attributes that a configuration leaves out. */
export const readDirectories = (given: Readonly<Record<string, DirectoryConfig>>) =>
  Object.fromEntries(
    Object.entries(given).map(([name, one]) => [
      name,
      {
        ...one,
        secondFactor: one.secondFactor ?? 'proven',
        groups: one.groups ?? {},
        attributes: { ...DEFAULT_ATTRIBUTES, ...one.attributes },
      },
    ]),
  );

/** Names that user pools keep for themselves, or give another meaning, are not among them. */
const isDirectoryName = (name: string): boolean =>
  /^[a-zA-Z][a-zA-Z0-9-]{0,31}$/.test(name) && !['cognito', 'google', 'facebook'].includes(name.toLowerCase());

const OF_KIND = {
  saml: { metadataUrl: isUrl },
  oidc: { issuer: isUrl, clientId: isText, clientSecretArn: isSecretArn },
} as const;

function isDirectory(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { kind, domains, groups = {}, attributes = {}, secondFactor = 'proven', ...others } = value;
  if ((kind !== 'saml' && kind !== 'oidc') || (secondFactor !== 'proven' && secondFactor !== 'trusted')) return false;
  const checks = Object.entries(OF_KIND[kind]);
  return (
    Object.keys(others).length === checks.length &&
    checks.every(([name, holds]) => holds(others[name])) &&
    isDomains(domains) &&
    isGroups(groups) &&
    isObject(attributes) &&
    Object.entries(attributes).every(([name, text]) => name in DEFAULT_ATTRIBUTES && isText(text))
  );
}

const isDomains = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 1 && value.length <= DOMAINS && value.every(isHostName);

function isGroups(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length > GROUPS) return false;
  return Object.entries(value).every(([group, given]) => isText(group) && isGroupRole(given));
}

function isGroupRole(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { role, folderIds, endpointIds, ...others } = value;
  const isKnown = typeof role === 'string' && (isRole(role) || CUSTOM_ROLE_ID.test(role));
  const areBounds = [folderIds, endpointIds].every((ids) => ids === undefined || isIds(ids));
  return isKnown && Object.keys(others).length === 0 && areBounds;
}

const isIds = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= 20 &&
  value.every((one) => typeof one === 'string' && /^[0-9a-f]{24}$/.test(one));

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https:\/\/[^\s@]+$/.test(value) && URL.canParse(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === value && value.length >= 1 && value.length <= 200;
}

function isSecretArn(value: unknown): boolean {
  return typeof value === 'string' && /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/.test(value);
}
