import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PROVENANCE_FILE, type Provenance, provenanceOf } from '../../../lib/deployment-bundle/provenance.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';

const FILES = {
  'deploy.sh': 'echo deployed\n',
  'first/a.template.json': '{}',
  'later/asset.1/index.mjs': 'export {};\n',
};
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

let folder: string;

/** A bundle of few files, made of this repository: the files of a real one are in make-bundle.test.ts. */
beforeEach(() => {
  folder = temporaryFolder('bundle');
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  cpSync(join(PROJECT_ROOT, 'lib/deployment-bundle/verify.mjs'), join(folder, 'verify.mjs'));
  write(PROVENANCE_FILE, JSON.stringify(provenance(PROJECT_ROOT)));
});

function provenance(root: string): Provenance {
  const [startedOn, finishedOn] = [new Date(Date.UTC(2026, 10, 30, 12)), new Date(Date.UTC(2026, 10, 30, 12, 1))];
  return provenanceOf({ folder, root, configuration: { regions: ['eu-west-1'] }, startedOn, finishedOn });
}

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** @returns exit code and everything that was printed */
function verify(): [number | null, string] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'verify.mjs')], { encoding: 'utf8' });
  return [status, stdout + stderr];
}

describe('the provenance of a bundle', () => {
  it('is a statement of in-toto with the predicate of SLSA', () => {
    rmSync(join(folder, PROVENANCE_FILE));
    const { _type, predicateType, subject, predicate } = provenance(PROJECT_ROOT);

    expect([_type, predicateType]).toEqual(['https://in-toto.io/Statement/v1', 'https://slsa.dev/provenance/v1']);
    expect(Object.fromEntries(subject.map(({ name, digest }) => [name, digest]))).toMatchObject(
      Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, { sha256: sha256(text) }])),
    );
    expect(subject).toHaveLength(4);
    expect(predicate).toMatchObject({
      buildDefinition: {
        buildType: expect.stringMatching(/^urn:/),
        externalParameters: { configuration: { regions: ['eu-west-1'] } },
        internalParameters: { node: process.version },
      },
      runDetails: {
        builder: { id: expect.stringMatching(/^urn:/) },
        metadata: { startedOn: '2026-11-30T12:00:00.000Z', finishedOn: '2026-11-30T12:01:00.000Z' },
      },
    });
  });

  it('names the commit, whether a file differed from it, and the files that lock every dependency', () => {
    const { resolvedDependencies } = provenance(PROJECT_ROOT).predicate.buildDefinition;
    const locks = ['package-lock.json', 'lambda/sharp-layer/package-lock.json'].map((name) => ({
      ...{ name, digest: { sha256: sha256(readFileSync(join(PROJECT_ROOT, name))) } },
    }));

    expect(resolvedDependencies.filter(({ name }) => name !== 'source')).toEqual(locks);
    const root = temporaryFolder('clone');
    for (const { name } of locks) cpSync(join(PROJECT_ROOT, name), join(root, name));
    cpSync(join(PROJECT_ROOT, 'package.json'), join(root, 'package.json'));
    const source = () =>
      provenance(root).predicate.buildDefinition.resolvedDependencies.find((one) => one.name === 'source');
    expect(source()).toBeUndefined();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
        cwd: root,
        encoding: 'utf8',
      });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'One');
    expect(source()).toEqual({
      ...{ name: 'source', digest: { gitCommit: git('rev-parse', 'HEAD').trim() }, annotations: { differs: false } },
    });
    appendFileSync(join(root, 'package.json'), '\n');
    expect(source()).toMatchObject({ annotations: { differs: true } });
  });
});

describe('the check of a bundle', () => {
  it('finds every file as it was made, beside what the CDK CLI keeps while it deploys', () => {
    write('later/.cache/asset.1.zip', 'zip');
    write('first/read.4711.1.lock', '4711');

    expect(verify()).toEqual([
      0,
      expect.stringMatching(/^4 files are as they were made, of (commit [0-9a-f]{40}|no clone)/),
    ]);
  });

  it.each<[string, () => void, string]>([
    ['a changed byte', () => write('later/asset.1/index.mjs', 'export { };\n'), 'later/asset.1/index.mjs was changed'],
    ['a file that is missing', () => rmSync(join(folder, 'first/a.template.json')), 'first/a.template.json is missing'],
    ['a file that was added', () => write('node_modules/x/index.js', ''), 'node_modules/x/index.js was added'],
    ['one beside a lock', () => write('later/read.js.lock', ''), 'later/read.js.lock was added'],
  ])('finds %s', (_, change, told) => {
    change();

    const [status, printed] = verify();
    expect([status, printed.trim().split('\n').slice(1)]).toEqual([1, [told]]);
  });

  it('comes before a deployment, which it stops', () => {
    cpSync(join(PROJECT_ROOT, 'lib/deployment-bundle/deploy.sh'), join(folder, 'deploy.sh'));
    write('regions.txt', '');

    const { status, stderr } = spawnSync(join(folder, 'deploy.sh'), { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('deploy.sh was changed');
  });
});
