/** What an app of one's own builds a deployment with (docs/own-app.md). What is not exported here may change without a word. */
export type { EmbeddedFields } from '../lambda/contract/embedded-fields.ts';
export { ENCODING_LEVELS, type EncodingLevel } from '../lambda/contract/encoding-budget.ts';
export type { GroupRole } from '../lambda/contract/people.ts';
export { OVER_CEILING, type OverCeiling } from '../lambda/contract/spend-ceiling.ts';
export { TYPE_POLICIES, type TypePolicy } from '../lambda/contract/type-policies.ts';
export { VISIBILITIES, type Visibility } from '../lambda/contract/visibility.ts';
export {
  type CodeSource,
  type EdgeBuild,
  type EdgeCdn,
  type EdgeFunctionName,
  HANDLERS,
  type HandlerName,
  type WebFunctionName,
} from './bundling/code-source.ts';
export type { BackupConfig, BackupDestination } from './config/backup.ts';
export type { CdnInFrontConfig } from './config/cdn-in-front.ts';
export type { AlarmConfig, VitrineConfig } from './config/config.ts';
export { ConfigError } from './config/config.ts';
export { AUDIT_LOCKS, type AuditLock } from './config/config-rules.ts';
export type { DirectoryAttributes, DirectoryConfig, EveryDirectory } from './config/directories.ts';
export type { HostedZone, MediaDomain, OwnDomain } from './config/domains.ts';
export type { PeopleConfig } from './config/people.ts';
export { ApiWebAcl, type ApiWebAclProps } from './constructs/api/api-web-acl.ts';
export { OwnHosts } from './constructs/edge/own-hosts.ts';
export type { WebAclRule } from './constructs/edge/web-acl-rule.ts';
export { AccessLogs, type AccessLogsProps } from './constructs/insight/access-logs.ts';
export { MonthBudget, type MonthBudgetProps } from './constructs/insight/month-budget.ts';
export type { DecidedByOwner } from './guards/accepted-findings.ts';
export { addGuards } from './guards/add-guards.ts';
export { useVitrineDefaults } from './property-defaults.ts';
export type { VitrineProps } from './vitrine.ts';
export { Vitrine } from './vitrine.ts';
