#!/usr/bin/env node
import { ADOPT_HELP, adopt } from './adopt/adopt.ts';
import { AUDIT_HELP, audit } from './audit/audit.ts';
import { BREAK_GLASS_HELP, breakGlass } from './break-glass/break-glass.ts';
import { OWNER_HELP, owner } from './break-glass/owner.ts';
import { COST_HELP, cost } from './cost/cost.ts';
import { DOCTOR_HELP, doctor } from './doctor/doctor.ts';
import { runCommand } from './run-command.ts';
import { SIGN_IN_HELP, signIn } from './sign-in/sign-in.ts';

process.exitCode = await runCommand(
  {
    adopt: { summary: 'gives a new deployment the data that an earlier one left', help: ADOPT_HELP, run: adopt },
    audit: { summary: 'verifies the audit log, or writes it to a file', help: AUDIT_HELP, run: audit },
    cost: { summary: "computes a month's bill of the configured deployment", help: COST_HELP, run: cost },
    'break-glass': {
      summary: 'makes a key of an hour when nobody can sign in',
      help: BREAK_GLASS_HELP,
      run: breakGlass,
    },
    doctor: { summary: 'looks at a deployment and prints a report', help: DOCTOR_HELP, run: doctor },
    owner: { summary: 'invites an owner, by rights in the AWS account', help: OWNER_HELP, run: owner },
    'sign-in': { summary: 'signs a person in at a browser and prints their token', help: SIGN_IN_HELP, run: signIn },
  },
  process.argv.slice(2),
  (text) => void process.stdout.write(text),
);
