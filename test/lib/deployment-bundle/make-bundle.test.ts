import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeBundle } from '../../../lib/deployment-bundle/make-bundle.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';
import { temporaryFolder } from '../fixture-code.ts';

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
    expect(deploy(false)).toEqual([call('first'), call('later')]);
  });

  it('deploys once where the stacks are, and never takes their protection away', () => {
    expect(deploy(true)).toEqual([call('later')]);
  });
});
