import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { auditReports } from '../../adapters/accounts-table/audit-reports.ts';
import { customRoles } from '../../adapters/accounts-table/custom-roles.ts';
import { people } from '../../adapters/accounts-table/people.ts';
import { restrictedKeys } from '../../adapters/accounts-table/restricted-keys.ts';
import { sealStore } from '../../adapters/audit-bucket/seal-store.ts';
import { eventStore } from '../../adapters/audit-table/event-store.ts';
import { edgeParameter, hasEdge } from '../../adapters/edge/edge-parameter.ts';
import { mailSender } from '../../adapters/mail/mail-sender.ts';
import { dataKeys } from '../../adapters/personal-data/data-keys.ts';
import { kmsCaller } from '../../adapters/signed-http/kms-call.lean.ts';
import { EDGE_REGION, urlEndpoint } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { SendReportsDeps } from '../../core/accounts/audit-reports/send-reports.ts';
import type { TellOfEndingKeysDeps } from '../../core/accounts/ending-keys/tell-of-ending-keys.ts';
import { eventMaker } from '../../core/audit/event-maker.ts';
import { sourceOfRun } from '../../core/audit/event-source.ts';
import type { Report } from '../../core/kernel/report.ts';
import { hexId } from './hex-id.ts';
import { composeHomeCommit } from './people.ts';

/** What daily mails are made of. It reads people and the log, and changes nothing but how far a report was sent. */
export function composeDailyMails(): (call: {
  requestId: string;
  report: Report;
}) => SendReportsDeps & TellOfEndingKeysDeps {
  const { described, client, commit } = composeHomeCommit();
  const region = requireEnvironment(ENVIRONMENT.accountsRegion);
  const accounts = requireEnvironment(ENVIRONMENT.accountsTable);
  const home = { ...process.env, AWS_REGION: region };
  const dynamo = new DynamoDBClient({ region });
  const bucket = process.env[ENVIRONMENT.auditBucket];
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  const lasting = {
    auditReports: auditReports(dynamo, accounts, commit),
    customRoles: customRoles(dynamo, accounts, commit),
    keys: restrictedKeys(dynamo, accounts, commit),
    people: people(client, { accounts, keys: described.keysTable }, commit),
    dataKeys: dataKeys(client, described.keysTable, kmsCaller(home), described.keyArn),
    events: eventStore(client, described.auditTable),
    // Without a bucket nothing is sealed: the profile small has no key for it.
    seals: bucket === undefined ? undefined : sealStore(new S3Client({}), bucket),
    clock: Date.now,
    apiUrl: async () => {
      const host = (await hasEdge(edge)) ? (await edge()).apiHosts[region] : undefined;
      return host === undefined ? undefined : urlEndpoint(host);
    },
  };
  return ({ requestId, report }) => ({
    ...lasting,
    report,
    makeEvent: eventMaker({ clock: Date.now, hexId, requestId, sourceOf: sourceOfRun }),
    sendMail: mailSender(home, described.mailFrom, report),
  });
}
