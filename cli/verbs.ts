import { ADOPT_HELP, adopt } from './adopt/adopt.ts';
import { AUDIT_HELP, audit } from './audit/audit.ts';
import { BREAK_GLASS_HELP, breakGlass } from './break-glass/break-glass.ts';
import { OWNER_HELP, owner } from './break-glass/owner.ts';
import { COST_HELP, cost } from './cost/cost.ts';
import { DOCTOR_HELP, doctor } from './doctor/doctor.ts';
import { EXPLAIN_HELP, explain } from './explain/explain.ts';
import { LS_HELP, ls } from './library/ls.ts';
import { SEARCH_HELP, search } from './library/search.ts';
import { MCP_HELP, mcp } from './mcp/mcp.ts';
import { MIGRATE_HELP, migrate } from './migrate/migrate.ts';
import { PURGE_HELP, purge } from './purge/purge.ts';
import { REPLAY_HELP, replay } from './replay/replay.ts';
import type { Verb } from './run-command.ts';
import { SIGN_IN_HELP, signIn } from './sign-in/sign-in.ts';
import { EXPORT_HELP, exportLibrary } from './transfer/export.ts';
import { IMPORT_HELP, importLibrary } from './transfer/import.ts';
import { UPLOAD_HELP, upload } from './upload/upload.ts';

/** Everything that the command line does; docs/command-line.md is made from it. */
export const VERBS: Readonly<Record<string, Verb>> = {
  adopt: { summary: 'gives a new deployment the data that an earlier one left', help: ADOPT_HELP, run: adopt },
  audit: { summary: 'verifies the audit log, or writes it to a file', help: AUDIT_HELP, run: audit },
  'break-glass': {
    summary: 'makes a key of an hour when nobody can sign in',
    help: BREAK_GLASS_HELP,
    run: breakGlass,
  },
  cost: { summary: "computes a month's bill of the configured deployment", help: COST_HELP, run: cost },
  doctor: { summary: 'looks at a deployment and prints a report', help: DOCTOR_HELP, run: doctor },
  explain: { summary: 'tells how a URL is understood', help: EXPLAIN_HELP, run: explain },
  export: { summary: 'writes the library to this machine', help: EXPORT_HELP, run: exportLibrary },
  import: { summary: 'gives a library what an export has', help: IMPORT_HELP, run: importLibrary },
  ls: { summary: 'lists a folder of the library', help: LS_HELP, run: ls },
  mcp: { summary: 'serves the API as tools to an assistant', help: MCP_HELP, run: mcp },
  migrate: { summary: 'brings the library of an ImageKit account here', help: MIGRATE_HELP, run: migrate },
  owner: { summary: 'invites an owner, by rights in the AWS account', help: OWNER_HELP, run: owner },
  purge: { summary: 'removes what was made of a file, a folder or a URL', help: PURGE_HELP, run: purge },
  replay: { summary: 'compares the answers of an old host with those here', help: REPLAY_HELP, run: replay },
  search: { summary: 'lists the files that a query finds', help: SEARCH_HELP, run: search },
  'sign-in': { summary: 'signs a person in at a browser and prints their token', help: SIGN_IN_HELP, run: signIn },
  upload: { summary: 'uploads files and folders', help: UPLOAD_HELP, run: upload },
};
