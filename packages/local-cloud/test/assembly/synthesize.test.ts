import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/assembly/fingerprint.ts';
import { type CdkApp, synthesize } from '../../src/assembly/synthesize.ts';

/** Stands for the CDK app: it notes each run and writes an assembly where it is told, with the context it is given. */
const APP = `
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
appendFileSync('runs', 'x');
if (existsSync('broken')) throw new SyntaxError('the region is misspelt');
writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', process.env.CDK_CONTEXT_JSON);
`;

const INPUTS = ['bin', 'lib', 'code', 'cdk.json', 'package-lock.json'];

let root: string;

const app = (): CdkApp => ({
  root,
  script: 'bin/app.ts',
  inputs: INPUTS,
  cache: 'node_modules/.cache/assembly',
  context: ({ domain: _, ...context }) => ({ ...context, guards: 'off' }),
});
const assemblies = () => readdirSync(join(root, 'node_modules/.cache/assembly'));
const runs = () => (existsSync(join(root, 'runs')) ? readFileSync(join(root, 'runs'), 'utf8').length : 0);
const write = (file: string, text: string) => writeFileSync(join(root, file), text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'local-cloud-synthesis-'));
  for (const folder of ['bin', 'lib', 'code/node_modules/x']) mkdirSync(join(root, folder), { recursive: true });
  write('package.json', '{"type":"module"}');
  write('package-lock.json', '{}');
  write('cdk.json', '{"context":{"a":1,"domain":"pictures.example"}}');
  write('bin/app.ts', APP);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('a synthesis', () => {
  it('runs the app with the context of cdk.json, changed for this machine', async () => {
    const folder = await synthesize(app());

    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual({
      a: 1,
      guards: 'off',
      'aws:cdk:enable-asset-metadata': true,
    });
    expect(folder.startsWith(join(root, 'node_modules'))).toBe(true);
  });

  it('that cannot be kept says where', async () => {
    write('node_modules', 'a file, as good as a folder that may not be written');

    await expect(synthesize(app())).rejects.toThrow(
      /^The cloud assembly cannot be written to .* \(ENOTDIR\)\. Make room/,
    );
  });

  it('is made once for the same sources', async () => {
    const first = await synthesize(app());
    const second = await synthesize(app());

    expect(second).toBe(first);
    expect(runs()).toBe(1);
  });

  it('is made anew when a source changes, and few old ones are kept', async () => {
    for (const text of ['1', '2', '3', '4']) {
      write('lib/source.ts', text);
      await synthesize(app());
    }

    expect(runs()).toBe(4);
    expect(assemblies()).toHaveLength(3);
  });

  it('that another process runs is kept, however many there are, until the process has ended', async () => {
    const other = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    write('lib/source.ts', 'of the other');
    const running = await synthesize(app());
    write(join(running.slice(root.length), `in-use.${other.pid}`), '');
    const others = async () => {
      for (const text of ['1', '2', '3']) {
        write('lib/source.ts', text);
        await synthesize(app());
      }
    };

    await others();
    expect(existsSync(running)).toBe(true);
    other.kill();
    await once(other, 'exit');
    rmSync(join(root, 'node_modules/.cache/assembly', assemblies().find((name) => !running.endsWith(name)) ?? ''), {
      recursive: true,
    });
    await others();
    expect(existsSync(running)).toBe(false);
  });

  it('that fails says why, without a stack trace, and leaves nothing behind', async () => {
    write('broken', '');

    await expect(synthesize(app())).rejects.toThrow(
      /^The CDK app could not be synthesized: SyntaxError: the region is misspelt$/,
    );
    expect(assemblies()).toEqual([]);
  });
});

describe('a fingerprint', () => {
  it('depends on content, names and settings, not on where the repository is', () => {
    const before = fingerprint(root, INPUTS, {});
    const copy = mkdtempSync(join(tmpdir(), 'local-cloud-synthesis-'));
    cpSync(root, copy, { recursive: true });

    expect(fingerprint(copy, INPUTS, {})).toBe(before);
    expect(fingerprint(root, INPUTS, { guards: 'on' })).not.toBe(before);
    write('code/a.ts', '1');
    const withFile = fingerprint(root, INPUTS, {});
    expect(withFile).not.toBe(before);
    rmSync(join(root, 'code/a.ts'));
    write('code/b.ts', '1');
    expect(fingerprint(root, INPUTS, {})).not.toBe(withFile);
    rmSync(copy, { recursive: true });
  });

  it('does not depend on installed packages', () => {
    const before = fingerprint(root, INPUTS, {});
    write('code/node_modules/x/index.js', '1');

    expect(fingerprint(root, INPUTS, {})).toBe(before);
  });
});
