import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssemblyPlan, PlannedResource } from '../../../src/assembly/plan-assembly.ts';
import { makePrincipals } from '../../../src/principals.ts';
import { makeFunctions } from '../../../src/services/lambda/functions.ts';

const ENDPOINTS = new Map([
  ['S3', 'http://127.0.0.1:1'],
  ['DYNAMODB', 'http://127.0.0.1:2'],
]);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-code-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const resource = (type: string, ref: string, properties: object, assetPath = folder): PlannedResource => ({
  stack: 'data',
  region: 'eu-west-1',
  logicalId: ref,
  type,
  ref,
  attributes: { Arn: `arn:${ref}` },
  properties: { ...properties },
  assetPath,
});

function configurationOf(...resources: PlannedResource[]) {
  const plan: AssemblyPlan = { resources, fileAssets: new Map(), notRun: new Map(), standIns: new Map() };
  const [made] = makeFunctions(plan, ENDPOINTS, makePrincipals(plan), () => {});
  return made?.lambda.configuration;
}

describe('a function of the template', () => {
  it('has its own settings', () => {
    const properties = {
      Handler: 'index.handler',
      Timeout: 30,
      MemorySize: 1769,
      ReservedConcurrentExecutions: 2,
      Environment: { Variables: { BUCKET: 'pictures' } },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' },
    };

    expect(configurationOf(resource('AWS::Lambda::Function', 'render', properties))).toMatchObject({
      name: 'render',
      arn: 'arn:render',
      region: 'eu-west-1',
      codeFolder: folder,
      handler: 'index.handler',
      timeoutSeconds: 30,
      memoryMegabytes: 1769,
      maximumEnvironments: 2,
      environment: { BUCKET: 'pictures', AWS_ENDPOINT_URL_S3: ENDPOINTS.get('S3') },
      logging: { format: 'JSON', level: 'WARN' },
    });
  });

  it("has Lambda's defaults for what the template leaves out, and no package but its own", () => {
    expect(configurationOf(resource('AWS::Lambda::Function', 'render', { Handler: 'h' }))).toMatchObject({
      timeoutSeconds: 3,
      memoryMegabytes: 128,
      layerPackages: [],
    });
  });

  it('finds the packages of its layers, and every package when a layer was not built', () => {
    for (const name of ['sharp', '@img/colour', '.bin']) {
      mkdirSync(join(folder, 'layer', 'nodejs', 'node_modules', name), { recursive: true });
    }
    const lambda = resource('AWS::Lambda::Function', 'render', { Handler: 'h', Layers: ['arn:layer'] });
    const layer = (path: string) => ({ ...resource('AWS::Lambda::LayerVersion', 'arn:layer', {}, join(folder, path)) });

    expect(configurationOf(lambda, layer('layer'))?.layerPackages?.toSorted()).toEqual(['@img/colour', 'sharp']);
    expect(configurationOf(lambda, layer('placeholder'))?.layerPackages).toBeUndefined();
  });

  it('has variables that name files of its layers where they lie here', () => {
    mkdirSync(join(folder, 'layer', 'fonts'), { recursive: true });
    writeFileSync(join(folder, 'layer', 'fonts', 'fonts.conf'), '');
    const variables = { FONTCONFIG_FILE: '/opt/fonts/fonts.conf', NOWHERE: '/opt/none', OTHER: 'opt/fonts' };
    const lambda = resource('AWS::Lambda::Function', 'render', {
      Handler: 'h',
      Layers: ['arn:layer'],
      Environment: { Variables: variables },
    });
    const made = configurationOf(lambda, resource('AWS::Lambda::LayerVersion', 'arn:layer', {}, join(folder, 'layer')));

    expect(made?.environment).toMatchObject({
      FONTCONFIG_FILE: join(folder, 'layer', 'fonts', 'fonts.conf'),
      NOWHERE: '/opt/none',
      OTHER: 'opt/fonts',
    });
    expect(made?.layerPackages).toEqual([]);
  });

  it('without code, or with a layer that no stack has, stops the start', () => {
    const lambda = resource('AWS::Lambda::Function', 'render', { Handler: 'h', Layers: ['arn:gone'] });

    expect(() => configurationOf(lambda)).toThrow('render refers to arn:gone, which no stack has.');
    expect(() => configurationOf({ ...lambda, assetPath: join(folder, 'gone') })).toThrow(
      'The function render has no code in the cloud assembly.',
    );
  });
});
