import { ADOPT_HELP, adopt } from './adopt/adopt.ts';
import { AUDIT_HELP, audit } from './audit/audit.ts';
import { BACKUP_HELP, backup } from './backup/backup.ts';
import { BREAK_GLASS_HELP, breakGlass } from './break-glass/break-glass.ts';
import { OWNER_HELP, owner } from './break-glass/owner.ts';
import { CEILING_HELP, ceiling } from './ceiling/ceiling.ts';
import { COST_HELP, cost } from './cost/cost.ts';
import { DESTROY_HELP, destroy } from './destroy/destroy.ts';
import { DOCTOR_HELP, doctor } from './doctor/doctor.ts';
import { DOMAIN_HELP, domain } from './domain/domain.ts';
import { ENDPOINT_HELP, endpoint } from './endpoint/endpoint.ts';
import { EXPLAIN_HELP, explain } from './explain/explain.ts';
import { FAILOVER_HELP, failover } from './failover/failover.ts';
import { IMPORT_BUCKET_HELP, importBucket } from './import-bucket/import-bucket.ts';
import { LS_HELP, ls } from './library/ls.ts';
import { SEARCH_HELP, search } from './library/search.ts';
import { MCP_HELP, mcp } from './mcp/mcp.ts';
import { MIGRATE_HELP, migrate } from './migrate/migrate.ts';
import { PURGE_HELP, purge } from './purge/purge.ts';
import { REPLAY_HELP, replay } from './replay/replay.ts';
import { RESTORE_HELP, restore } from './restore/restore.ts';
import type { Verb } from './run-command.ts';
import { SIGN_IN_HELP, signIn } from './sign-in/sign-in.ts';
import { EXPORT_HELP, exportLibrary } from './transfer/export.ts';
import { IMPORT_HELP, importLibrary } from './transfer/import.ts';
import { UPLOAD_HELP, upload } from './upload/upload.ts';

/** Everything that the command line does; docs/command-line.md is made from it. */
export const VERBS: Readonly<Record<string, Verb>> = {
  adopt: { summary: 'gives a new deployment the data that an earlier one left', help: ADOPT_HELP, run: adopt },
  audit: { summary: 'verifies the audit log, or writes it to a file', help: AUDIT_HELP, run: audit },
  backup: {
    summary: 'prints what a backup needs of its bucket, and has S3 replicate what was there',
    help: BACKUP_HELP,
    run: backup,
  },
  'break-glass': {
    summary: 'makes a key of an hour when nobody can sign in',
    help: BREAK_GLASS_HELP,
    run: breakGlass,
  },
  ceiling: { summary: 'shows or lifts the ceiling of spending', help: CEILING_HELP, run: ceiling },
  cost: { summary: "computes a month's bill of the configured deployment", help: COST_HELP, run: cost },
  destroy: { summary: 'ends a deployment, and prints what went and what stays', help: DESTROY_HELP, run: destroy },
  doctor: { summary: 'looks at a deployment and prints a report', help: DOCTOR_HELP, run: doctor },
  domain: {
    summary: 'requests certificates for hosts of your own, and checks them',
    help: DOMAIN_HELP,
    run: (args, print) => domain(args, print),
  },
  endpoint: { summary: 'moves a URL endpoint with its files to another region', help: ENDPOINT_HELP, run: endpoint },
  explain: { summary: 'tells how a URL is understood', help: EXPLAIN_HELP, run: explain },
  export: { summary: 'writes the library to this machine', help: EXPORT_HELP, run: exportLibrary },
  failover: { summary: 'declares a region down for some time', help: FAILOVER_HELP, run: failover },
  import: { summary: 'gives a library what an export has', help: IMPORT_HELP, run: importLibrary },
  'import-bucket': {
    summary: 'makes files of a bucket whose objects stay there',
    help: IMPORT_BUCKET_HELP,
    run: importBucket,
  },
  ls: { summary: 'lists a folder of the library', help: LS_HELP, run: ls },
  mcp: { summary: 'serves the API as tools to an assistant', help: MCP_HELP, run: mcp },
  migrate: { summary: 'brings the library of an ImageKit account here', help: MIGRATE_HELP, run: migrate },
  owner: { summary: 'invites an owner, by rights in the AWS account', help: OWNER_HELP, run: owner },
  purge: { summary: 'removes what was made of a file, a folder or a URL', help: PURGE_HELP, run: purge },
  replay: { summary: 'compares the answers of an old host with those here', help: REPLAY_HELP, run: replay },
  restore: { summary: 'gives a region what its backup has', help: RESTORE_HELP, run: restore },
  search: { summary: 'lists the files that a query finds', help: SEARCH_HELP, run: search },
  'sign-in': { summary: 'signs a person in at a browser and prints their token', help: SIGN_IN_HELP, run: signIn },
  upload: { summary: 'uploads files and folders', help: UPLOAD_HELP, run: upload },
};
