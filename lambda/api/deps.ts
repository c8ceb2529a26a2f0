import type { ManageReportsDeps } from '../core/accounts/audit-reports/manage-reports.ts';
import type { CountCall } from '../core/accounts/call-rates.ts';
import type { Credentials } from '../core/accounts/credentials.ts';
import type { AcceptInvitationDeps } from '../core/accounts/people/accept-invitation.ts';
import type { DirectoryChoice } from '../core/accounts/people/directory-choice.ts';
import type { ChangeMailDeps } from '../core/accounts/people/mail-change.ts';
import type { NoteReadingDeps } from '../core/accounts/people/note-reading.ts';
import type { KeyStore } from '../core/accounts/restricted-keys/key-store.ts';
import type { ManageKeysDeps } from '../core/accounts/restricted-keys/manage-keys.ts';
import type { AuthenticateSessionDeps } from '../core/accounts/sessions/authenticate-session.ts';
import type { ManageSessionsDeps } from '../core/accounts/sessions/manage-sessions.ts';
import type { AuthenticateTokenDeps, VerifyAccessToken } from '../core/accounts/sign-in/authenticate-token.ts';
import type { CompleteSignInDeps } from '../core/accounts/sign-in/complete-sign-in.ts';
import type { SignInProvider } from '../core/accounts/sign-in/sign-in-provider.ts';
import type { UsedTickets } from '../core/accounts/signed-uploads/upload-ticket.ts';
import type { MakeEvent } from '../core/audit/event-maker.ts';
import type { ExportLogDeps } from '../core/audit/export-log.ts';
import type { RefusedAttempt } from '../core/audit/refused-attempts.ts';
import type { ExplainDeps } from '../core/explain/explain-url.ts';
import type { MetadataDeps } from '../core/explain/image-metadata.ts';
import type { UsageAnalyticsDeps } from '../core/insight/usage-analytics.ts';
import type { FieldsOf } from '../core/library/custom-fields/known-fields.ts';
import type { ManageFieldsDeps } from '../core/library/custom-fields/manage-fields.ts';
import type { RunJobsDeps } from '../core/library/jobs/run-jobs.ts';
import type { ManagePathPoliciesDeps } from '../core/library/path-policies/manage-path-policies.ts';
import type { AskDeps } from '../core/library/references/ask-before-delete.ts';
import type { ManageSavedExtensionsDeps } from '../core/library/saved-extensions/manage-saved-extensions.ts';
import type { ManageSavedSearchesDeps } from '../core/library/saved-searches/manage-saved-searches.ts';
import type { SearchAssetsDeps } from '../core/library/search/search-assets.ts';
import type { ManageSharesDeps } from '../core/library/shares/manage-shares.ts';
import type { OpenShareDeps } from '../core/library/shares/open-share.ts';
import type { UploadGrantDeps } from '../core/library/upload-grants/manage-grants.ts';
import type { LargeUploadDeps } from '../core/library/uploads/large-upload.ts';
import type { ManageFailoversDeps } from '../core/protection/failover/manage-failovers.ts';
import type { ManageRulesDeps } from '../core/protection/rules/manage-rules.ts';
import type { ManageSpendCeilingDeps } from '../core/protection/spend-ceiling/manage-spend-ceiling.ts';
import type { TakeDownDeps } from '../core/protection/takedown/take-down.ts';
import type { PurgeDeps } from '../core/purge/purge-assets.ts';
import type { LocateUrl } from '../core/settings/endpoints/locate-url.ts';
import type { MigrateEndpointDeps } from '../core/settings/endpoints/migrate-endpoint.ts';
import type { ManageNamedTransformationsDeps } from '../core/settings/named-transformations/manage-named-transformations.ts';
import type { ManageOriginsDeps } from '../core/settings/origins/manage-origins.ts';
import type { ManageSigningKeysDeps } from '../core/settings/signing-keys/manage-signing-keys.ts';
import type { ManageWebhooksDeps } from '../core/webhooks/manage-webhooks.ts';
import type { DeliveriesDeps } from '../core/webhooks/replay-deliveries.ts';
import type { DashboardDeps } from './dashboard-files.ts';

/** What operations work with in one call, each feature under its own name. */
export interface ApiDeps {
  readonly account: AccountDeps;
  readonly refusals: RefusalsDeps;
  readonly uploads: LargeUploadDeps;
  readonly grants: UploadGrantDeps;
  readonly library: RunJobsDeps;
  readonly search: SearchDeps;
  readonly usage: UsageAnalyticsDeps;
  /** Where files are used. */
  readonly references: AskDeps;
  readonly audit: ExportLogDeps & { readonly clock: () => number };
  readonly metadata: MetadataDeps;
  readonly explain: ExplainDeps;
  readonly purges: PurgeDeps & { readonly locate: LocateUrl; readonly makeEvent: MakeEvent };
  readonly rules: ManageRulesDeps;
  readonly takedowns: TakeDownDeps;
  readonly fields: ManageFieldsDeps;
  readonly keys: ManageKeysDeps;
  /** @default the deployment has no people */
  readonly people?: PeopleDeps | undefined;
  readonly dashboard: DashboardDeps;
  readonly signingKeys: ManageSigningKeysDeps;
  readonly origins: ManageOriginsDeps;
  readonly endpoints: MigrateEndpointDeps;
  readonly failovers: ManageFailoversDeps;
  readonly spendCeiling: ManageSpendCeilingDeps;
  readonly namedTransformations: ManageNamedTransformationsDeps;
  readonly savedExtensions: ManageSavedExtensionsDeps;
  readonly pathPolicies: ManagePathPoliciesDeps;
  readonly savedSearches: ManageSavedSearchesDeps;
  readonly shares: SharesDeps;
  readonly webhooks: ManageWebhooksDeps;
  /** What became of messages to webhooks. */
  readonly deliveries: DeliveriesDeps;
  /** Brings a change to the edge and the web ACL. Never rejects: what fails is made up for within a minute. */
  readonly publish: () => Promise<unknown>;
}

export interface RefusalsDeps {
  readonly note: (attempt: RefusedAttempt) => void;
  /** Writes into the audit log what is due. Never rejects. */
  readonly tell: () => Promise<void>;
}

export interface SearchDeps extends SearchAssetsDeps {
  readonly fieldsOf: FieldsOf;
}

export interface SharesDeps extends ManageSharesDeps, OpenShareDeps {
  /** Base URL of the API. Undefined until the edge is there. */
  readonly ownUrl: () => Promise<string | undefined>;
  /** Base URL of media. */
  readonly mediaUrl: () => Promise<string>;
  readonly privateKey: () => Promise<string>;
}

export interface PeopleDeps
  extends ChangeMailDeps,
    AcceptInvitationDeps,
    CompleteSignInDeps,
    ManageReportsDeps,
    ManageSessionsDeps,
    NoteReadingDeps,
    DirectoryChoice {
  readonly verifyAccessToken: VerifyAccessToken;
  readonly signIn: SignInProvider;
  /** With what programs on a person's machine sign in. */
  readonly commandLine: { readonly issuer: string; readonly clientId: string };
}

export interface AccountDeps {
  readonly credentials: () => Promise<Credentials>;
  readonly findKey: KeyStore['findByDigest'];
  readonly noteKeyUse: KeyStore['noteUse'];
  /** Of the call's connection. */
  readonly address?: string | undefined;
  readonly usedTickets: UsedTickets;
  readonly countCall: CountCall;
  readonly clock: () => number;
  /** By which the person of a session or of an access token is found. @default the deployment has no people */
  readonly people?: (AuthenticateSessionDeps & AuthenticateTokenDeps) | undefined;
  /** Host (and port, locally) of media, with the prefix under which this region's files are delivered. */
  readonly mediaHost: () => Promise<string>;
}
