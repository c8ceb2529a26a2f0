#!/usr/bin/env node
import { runCommand } from './run-command.ts';
import { TO_PEOPLE } from './to-people.ts';
import { VERBS } from './verbs.ts';

process.exitCode = await runCommand(VERBS, process.argv.slice(2), (text) => void process.stdout.write(text), TO_PEOPLE);
