import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/assembly/fingerprint.ts';
import { synthesize } from '../../src/assembly/synthesize.ts';

/** Stands for the CDK app: it notes each run and writes an assembly where it is told, with the context it is given. */
const APP = `
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
appendFileSync('runs', 'x');
if (existsSync('broken')) throw new SyntaxError('the region is misspelt');
writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', process.env.CDK_CONTEXT_JSON);
`;

let root: string;
const assemblies = () => readdirSync(join(root, 'node_modules/.cache/vitrine/assembly'));
const runs = () => (existsSync(join(root, 'runs')) ? readFileSync(join(root, 'runs'), 'utf8').length : 0);
const write = (file: string, text: string) => writeFileSync(join(root, file), text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-synthesis-'));
  for (const folder of ['bin', 'lib', 'lambda/node_modules/x']) mkdirSync(join(root, folder), { recursive: true });
  write('package.json', '{"type":"module"}');
  write('package-lock.json', '{}');
  write('cdk.json', '{"context":{"a":1,"vitrine":{"name":"sample","mediaDomain":{}}}}');
  write('bin/vitrine.ts', APP);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('a synthesis', () => {
  it('runs the app with the context of cdk.json, less what is for a deployment alone', async () => {
    const folder = await synthesize(root);

    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual({
      a: 1,
      vitrine: { name: 'sample' },
      'vitrine:sharp-layer': 'placeholder',
      'vitrine:guards': 'off',
      'aws:cdk:enable-asset-metadata': true,
    });
    expect(folder.startsWith(join(root, 'node_modules'))).toBe(true);
  });

  it('is made once for the same sources', async () => {
    const first = await synthesize(root);
    const second = await synthesize(root);

    expect(second).toBe(first);
    expect(runs()).toBe(1);
  });

  it('is made anew when a source changes, and few old ones are kept', async () => {
    for (const text of ['1', '2', '3', '4']) {
      write('lib/source.ts', text);
      await synthesize(root);
    }

    expect(runs()).toBe(4);
    expect(assemblies()).toHaveLength(3);
  });

  it('that fails says why, without a stack trace, and leaves nothing behind', async () => {
    write('broken', '');

    await expect(synthesize(root)).rejects.toThrow(
      /^The CDK app could not be synthesized: SyntaxError: the region is misspelt$/,
    );
    expect(assemblies()).toEqual([]);
  });
});

describe('a fingerprint', () => {
  it('depends on content, names and settings, not on where the repository is', () => {
    const before = fingerprint(root, {});
    const copy = mkdtempSync(join(tmpdir(), 'vitrine-synthesis-'));
    cpSync(root, copy, { recursive: true });

    expect(fingerprint(copy, {})).toBe(before);
    expect(fingerprint(root, { guards: 'on' })).not.toBe(before);
    write('lambda/a.ts', '1');
    const withFile = fingerprint(root, {});
    expect(withFile).not.toBe(before);
    rmSync(join(root, 'lambda/a.ts'));
    write('lambda/b.ts', '1');
    expect(fingerprint(root, {})).not.toBe(withFile);
    rmSync(copy, { recursive: true });
  });

  it('does not depend on installed packages', () => {
    const before = fingerprint(root, {});
    write('lambda/node_modules/x/index.js', '1');

    expect(fingerprint(root, {})).toBe(before);
  });
});
