import { randomBytes } from 'node:crypto';
import { auditReports } from '../../adapters/accounts-table/audit-reports.ts';
import { customRoles } from '../../adapters/accounts-table/custom-roles.ts';
import { mailChanges } from '../../adapters/accounts-table/mail-changes.ts';
import { people } from '../../adapters/accounts-table/people.ts';
import { sessions } from '../../adapters/accounts-table/sessions.ts';
import { signIns } from '../../adapters/accounts-table/sign-ins.ts';
import { mailSender } from '../../adapters/mail/mail-sender.ts';
import { accessTokenVerifier } from '../../adapters/open-id/access-token-verifier.ts';
import { openIdProvider } from '../../adapters/open-id/open-id-provider.ts';
import { dataKeys } from '../../adapters/personal-data/data-keys.ts';
import { kmsCaller } from '../../adapters/signed-http/kms-call.lean.ts';
import { userPool } from '../../adapters/user-pool/user-pool.ts';
import type { PeopleDeps } from '../../api/deps.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { PeopleDescription } from '../../contract/people.ts';
import type { AuditEvent } from '../../core/audit/event.ts';
import type { MakeEvent } from '../../core/audit/event-maker.ts';
import type { Report } from '../../core/kernel/report.ts';
import { composeCommit, homeDocuments } from './commit.ts';
import { hexId } from './hex-id.ts';
import { homeClient } from './home-client.ts';

/** What belongs to one call. */
interface OfCall {
  readonly makeEvent: MakeEvent;
  readonly report: Report;
}

/**
 * What people are managed with; everything about them is in the home region.
 * @param apiUrl base URL of the API's own host, when it is known
 * @returns undefined in a deployment without people
 */
export function composePeople(apiUrl: () => Promise<string | undefined>): ((call: OfCall) => PeopleDeps) | undefined {
  if (!process.env[ENVIRONMENT.people]) return undefined;
  const { described, client, commit } = composeHomeCommit();
  const home = { ...process.env, AWS_REGION: requireEnvironment(ENVIRONMENT.accountsRegion) };
  const accounts = requireEnvironment(ENVIRONMENT.accountsTable);
  const { keysTable, keyArn, mailFrom, allowedDomains, directories, directoriesOnly } = described;
  const { poolId, clientId, commandLineClientId, issuer } = described.signIn;
  const dynamo = homeClient();
  const lasting = {
    people: people(client, { accounts, keys: keysTable }, commit),
    mailChanges: mailChanges(client, accounts, commit),
    customRoles: customRoles(dynamo, accounts, commit),
    auditReports: auditReports(dynamo, accounts, commit),
    sessions: sessions(client, accounts, commit),
    signIns: signIns(client, accounts),
    dataKeys: dataKeys(client, keysTable, kmsCaller(home), keyArn),
    record: async (event: AuditEvent) => void (await commit([], event)),
    clock: Date.now,
    hexId,
    randomBytes: (count: number) => randomBytes(count),
    allowedDomains,
    directories,
    directoriesOnly,
    apiUrl,
    commandLine: { issuer, clientId: commandLineClientId },
    verifyAccessToken: accessTokenVerifier({ id: poolId, issuer, clientId: commandLineClientId, clock: Date.now }),
  };
  const { clientSecret, accounts: accountsOf } = userPool(home, poolId, clientId);
  const provider = openIdProvider({ id: poolId, issuer, clientId, clientSecret });
  return ({ makeEvent, report }) => ({
    ...lasting,
    makeEvent,
    report,
    sendMail: mailSender(home, mailFrom, report),
    accounts: accountsOf(report),
    signIn: provider(report),
  });
}

/** Changes of people are told in the home region's audit table, whichever region is called. */
export function composeHomeCommit() {
  const described = JSON.parse(requireEnvironment(ENVIRONMENT.people)) as PeopleDescription;
  const client = homeDocuments();
  return { described, client, commit: composeCommit(client, described.auditTable) };
}
