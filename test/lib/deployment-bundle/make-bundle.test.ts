import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeBundle } from '../../../lib/deployment-bundle/make-bundle.ts';
import { PROVENANCE_FILE, type Provenance } from '../../../lib/deployment-bundle/provenance.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../../temporary-folders.ts';

/** AWS CloudShell keeps 1 GB in the home folder ("Limits and restrictions"); the tarball lies beside what it has. */
const SHELL_BYTES = 1e9;

/** What it may take, tarball and all: a third, so that there is room for the CLI's own files and a second version. */
const BYTES = SHELL_BYTES / 3;

let home: string;
let bundle: string;

beforeAll(() => {
  const draft = temporaryFolder('bundle-draft');
  home = temporaryFolder('cloudshell');
  makeBundle(join(home, 'vitrine.tgz'), join(draft, 'draft'), { context: { 'vitrine:guards': 'off' } });
  execFileSync('tar', ['-xzf', 'vitrine.tgz'], { cwd: home });
  bundle = join(home, 'vitrine');
});

/** Bytes on disk; a file with two names counts once. */
function bytesIn(folder: string): number {
  const seen = new Map<number, number>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const { ino, size } = lstatSync(join(entry.parentPath, entry.name));
    seen.set(ino, size);
  }
  return [...seen.values()].reduce((sum, size) => sum + size, 0);
}

const template = (assembly: string) =>
  JSON.parse(readFileSync(join(bundle, assembly, 'vitrine-eu-west-1.template.json'), 'utf8'));

describe('a deployment bundle', () => {
  it('has its provenance, which tells of every file, the configuration as the app reads it, and when it was made', () => {
    const verified = spawnSync(process.execPath, [join(bundle, 'verify.mjs')], { encoding: 'utf8' });
    const { subject, predicate } = JSON.parse(readFileSync(join(bundle, PROVENANCE_FILE), 'utf8')) as Provenance;

    expect([verified.status, verified.stderr]).toEqual([0, '']);
    expect(subject.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'deploy.sh',
        'sbom.cdx.json',
        'later/vitrine-edge.template.json',
        'node_modules/aws-cdk/bin/cdk',
      ]),
    );
    expect(predicate.buildDefinition.externalParameters.configuration).toMatchObject({ regions: ['eu-west-1'] });
    const { startedOn, finishedOn } = predicate.runDetails.metadata;
    expect(Date.parse(finishedOn)).toBeGreaterThan(Date.parse(startedOn));
  });

  it('leaves most of a CloudShell free, with the CDK CLI and the tarball itself', () => {
    expect(statSync(join(home, 'vitrine.tgz')).size).toBeGreaterThan(1e6);
    expect(bytesIn(home)).toBeLessThan(BYTES);
  });

  it.each(['first', 'later'])('has the %s deployment whole, and its CLI reads it without a network', (assembly) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['node_modules/aws-cdk/bin/cdk', 'ls', '--app', assembly],
      { cwd: bundle, encoding: 'utf8', env: { HOME: home, PATH: '', HTTPS_PROXY: 'http://127.0.0.1:9' } },
    );

    expect([status, stdout.trim().split('\n').sort()], stderr).toEqual([0, ['vitrine-edge', 'vitrine-eu-west-1']]);
    for (const stack of ['vitrine-edge', 'vitrine-eu-west-1']) {
      const { files } = JSON.parse(readFileSync(join(bundle, assembly, `${stack}.assets.json`), 'utf8'));
      for (const { source } of Object.values<{ source: { path: string } }>(files)) {
        expect(statSync(join(bundle, assembly, source.path)).size).toBeGreaterThan(0);
      }
    }
  });

  it('says what it is made of: every package of the lock file, with its version', () => {
    const bill: { components: { purl: string }[] } = JSON.parse(readFileSync(join(bundle, 'sbom.cdx.json'), 'utf8'));
    const lock: { packages: Record<string, { name?: string; version?: string; link?: boolean }> } = JSON.parse(
      readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8'),
    );

    const told = new Set(bill.components.map(({ purl }) => decodeURIComponent(purl)));
    const locked = Object.entries(lock.packages)
      .filter(([path, { link }]) => path.startsWith('node_modules/') && !link)
      // A package that is installed under another name says its own.
      .map(
        ([path, { name = path.slice(path.lastIndexOf('node_modules/') + 13), version }]) =>
          `pkg:npm/${name}@${version}`,
      );
    expect(locked.length).toBeGreaterThan(500);
    expect(locked.filter((purl) => !told.has(purl))).toEqual([]);
  });

  it('protects the tables from the second deployment on', () => {
    const protection = (assembly: string) =>
      Object.values<{ Type: string; Properties: { Replicas: [{ DeletionProtectionEnabled: boolean }] } }>(
        template(assembly).Resources,
      )
        .filter(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable')
        .map(({ Properties }) => Properties.Replicas[0].DeletionProtectionEnabled);

    expect(new Set(protection('first'))).toEqual(new Set([false]));
    expect(new Set(protection('later'))).toEqual(new Set([true]));
  });

  it('is for no machine of ours: it has no path of this one', () => {
    for (const assembly of ['first', 'later']) {
      const manifest = readFileSync(join(bundle, assembly, 'manifest.json'), 'utf8');
      for (const path of [home, PROJECT_ROOT]) expect(manifest).not.toContain(path);
    }
  });
});

describe('its script', () => {
  /** Runs it with an AWS CLI that finds the stacks or not, and a Node that only tells how it was called. */
  function deploy(isDeployed: boolean): string[] {
    const tools = temporaryFolder('tools');
    mkdirSync(tools, { recursive: true });
    const told = join(tools, 'told');
    writeFileSync(join(tools, 'aws'), `#!/bin/sh\nexit ${isDeployed ? 0 : 1}\n`);
    writeFileSync(join(tools, 'node'), `#!/bin/sh\necho "$@" >>${told}\n`);
    for (const tool of ['aws', 'node']) chmodSync(join(tools, tool), 0o755);
    const PATH = `${tools}:${process.env.PATH}`;
    execFileSync(join(bundle, 'deploy.sh'), ['--require-approval', 'never'], { env: { ...process.env, PATH } });
    return readFileSync(told, 'utf8').trim().split('\n');
  }

  const call = (assembly: string) =>
    `node_modules/aws-cdk/bin/cdk deploy --all --app ${assembly} --require-approval never`;

  it('deploys twice where nothing is, so that the first deployment can be taken back', () => {
    expect(deploy(false)).toEqual(['verify.mjs', call('first'), call('later')]);
  });

  it('deploys once where the stacks are, and never takes their protection away', () => {
    expect(deploy(true)).toEqual(['verify.mjs', call('later')]);
  });
});
