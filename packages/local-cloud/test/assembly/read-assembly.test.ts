import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAssembly } from '../../src/assembly/read-assembly.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-assembly-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, content: unknown) => writeFileSync(join(folder, file), JSON.stringify(content));

it('reads stacks, their code and their file assets', () => {
  write('manifest.json', {
    artifacts: {
      Assets: { type: 'cdk:asset-manifest', properties: { file: 'data.assets.json' } },
      Data: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/eu-west-1',
        properties: { templateFile: 'data.template.json', stackName: 'data' },
      },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  });
  write('data.assets.json', { files: { abc: { source: { path: 'asset.abc.json' } } } });
  write('data.template.json', {
    Description: 'x',
    Resources: {
      Render: {
        Type: 'AWS::Lambda::Function',
        Properties: { Handler: 'index.handler' },
        Metadata: { 'aws:asset:path': 'asset.def' },
        DependsOn: ['Role'],
        Condition: 'IsLarge',
      },
    },
    Outputs: { Name: { Value: 'v', Export: { Name: 'n' } }, Plain: { Value: 1 } },
    Conditions: {},
  });

  const { stacks, fileAssets } = readAssembly(folder);
  const stack = stacks.get('data');

  expect(stack).toMatchObject({ name: 'data', region: 'eu-west-1', unknownSections: ['Conditions'] });
  expect(stack?.resources.get('Render')).toEqual({
    stack: 'data',
    region: 'eu-west-1',
    logicalId: 'Render',
    type: 'AWS::Lambda::Function',
    properties: { Handler: 'index.handler' },
    assetPath: join(folder, 'asset.def'),
    unknownAttributes: ['Condition'],
  });
  expect([...(stack?.outputs ?? [])]).toEqual([
    ['Name', { value: 'v', exportName: 'n' }],
    ['Plain', { value: 1 }],
  ]);
  expect(fileAssets.get('abc')).toBe(join(folder, 'asset.abc.json'));
});

it('names what an assembly lacks', () => {
  expect(() => readAssembly(folder)).toThrow(`${folder} is no cloud assembly: it has no manifest.json.`);

  write('manifest.json', { artifacts: {} });
  expect(() => readAssembly(folder)).toThrow(`${folder} is no cloud assembly: it has no stack.`);

  writeFileSync(join(folder, 'manifest.json'), '{');
  expect(() => readAssembly(folder)).toThrow(`${folder} is no cloud assembly: its manifest.json is no JSON.`);
});
