import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/* Compares every file of this bundle with its provenance. Exit codes: 0 equal, 1 not. It runs on Node without anything else. */
const folder = import.meta.dirname;
const { subject, predicate } = JSON.parse(readFileSync(join(folder, 'provenance.json'), 'utf8'));
const expected = new Map(subject.map(({ name, digest }) => [name, digest.sha256]));

/** What the CDK CLI keeps beside an assembly while it deploys, and leaves when it is killed: packed assets and its locks. */
const KEPT_BY_THE_CLI = /^(first|later)\/(\.cache\/|(read\.\d+\.\d+|synth)\.lock$)/;

const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => !entry.isDirectory())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  .filter((name) => name !== 'provenance.json' && !KEPT_BY_THE_CLI.test(name));
const sha256Of = (name) =>
  createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');

const faults = [
  ...found.filter((name) => !expected.has(name)).map((name) => `${name} was added`),
  ...found
    .filter((name) => expected.has(name) && sha256Of(name) !== expected.get(name))
    .map((name) => `${name} was changed`),
  ...[...expected.keys()].filter((name) => !found.includes(name)).map((name) => `${name} is missing`),
];
const source = predicate.buildDefinition.resolvedDependencies.find(({ name }) => name === 'source');
const madeOf = source
  ? `commit ${source.digest.gitCommit}${source.annotations.differs ? ', with changes' : ''}`
  : 'no clone';
if (faults.length > 0) {
  console.error(`This is not the bundle that its provenance tells of:\n${faults.join('\n')}`);
  process.exitCode = 1;
} else {
  console.log(`${expected.size} files are as they were made, of ${madeOf}.`);
}
