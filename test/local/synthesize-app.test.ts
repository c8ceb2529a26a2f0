import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { synthesizeApp } from '../../local/synthesize-app.ts';

/** Stands for the CDK app: it writes the context that it is given as its assembly. */
const APP =
  "import { writeFileSync } from 'node:fs'; writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', process.env.CDK_CONTEXT_JSON);";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-synthesis-'));
  for (const folder of ['bin', 'lib', 'lambda', 'dashboard']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'cdk.json'), '{"context":{"a":1,"vitrine":{"name":"sample","mediaDomain":{}}}}');
  writeFileSync(join(root, 'bin', 'vitrine.ts'), APP);
});

afterEach(() => rmSync(root, { recursive: true }));

it('leaves out of the context what is for a deployment alone, has people, and lies where functions find the packages', async () => {
  const folder = await synthesizeApp(root);

  expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual({
    a: 1,
    vitrine: {
      ...{ name: 'sample', auditLock: 'governance' },
      people: { mailFrom: 'vitrine@example.com', hosts: ['localhost'] },
    },
    'vitrine:sharp-layer': 'placeholder',
    'vitrine:guards': 'off',
    'aws:cdk:enable-asset-metadata': true,
  });
  expect(folder.startsWith(join(root, 'node_modules'))).toBe(true);
});
