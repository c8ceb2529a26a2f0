import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SERVICES } from '../../src/services/index.ts';

/** Most lines of each service's folder. A service that outgrows its budget is a decision: raise it in the same change. */
const LINES: Readonly<Record<string, number>> = {
  budgets: 170,
  cdk: 15,
  'certificate-manager': 15,
  cloudfront: 3870,
  cloudwatch: 180,
  cognito: 1330,
  dynamodb: 830,
  'event-source-mapping': 470,
  events: 450,
  'function-url': 230,
  'http-api': 760,
  iam: 25,
  'key-value-store': 250,
  kms: 355,
  lambda: 1390,
  logs: 70,
  'route-53': 15,
  s3: 4320,
  'secrets-manager': 325,
  ses: 140,
  sns: 100,
  sqs: 275,
  sts: 30,
  'systems-manager': 95,
  waf: 950,
  'web-function': 425,
};

/** Most lines of the folder of faults. */
const FAULT_LINES = 590;

const ROOT = new URL('../../src/services', import.meta.url).pathname;

function linesOf(folder: string): number {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').length - 1)
    .reduce((sum, lines) => sum + lines, 0);
}

const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it('every folder of services is registered under its own name, and has a budget', () => {
  expect(SERVICES.map(({ name }) => name).sort()).toEqual(folders.toSorted());
  expect(Object.keys(LINES)).toEqual(folders.toSorted());
});

it('what goes wrong on purpose stays small beside what is to go right', () => {
  expect(linesOf('../faults')).toBeLessThanOrEqual(FAULT_LINES);
  expect(linesOf('../faults')).toBeGreaterThan(FAULT_LINES * 0.9 - 10);
});

it.each(folders)('%s stays within its lines, and its budget is not slack', (folder) => {
  const budget = LINES[folder] ?? 0;

  expect(linesOf(folder)).toBeLessThanOrEqual(budget);
  // A tenth and ten lines of room: what a service gives up is not kept for later.
  expect(linesOf(folder)).toBeGreaterThan(budget * 0.9 - 10);
});
