import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ViewerFunctions } from '../../../../lib/constructs/edge/viewer-functions.ts';
import { constructStack } from '../../construct-stack.ts';

const CODE = { requestCode: 'function handler(){/*request*/}', responseCode: 'function handler(){/*response*/}' };

describe('the viewer functions', () => {
  it('run in the second runtime; the first has the settings', () => {
    const stack = constructStack();
    new ViewerFunctions(stack, 'ViewerFunctions', CODE);

    const template = Template.fromStack(stack);
    const [store] = Object.keys(template.findResources('AWS::CloudFront::KeyValueStore'));
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: CODE.requestCode,
      AutoPublish: true,
      FunctionConfig: {
        Runtime: 'cloudfront-js-2.0',
        KeyValueStoreAssociations: [{ KeyValueStoreARN: { 'Fn::GetAtt': [store, 'Arn'] } }],
      },
    });
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: CODE.responseCode,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
  });

  it('are before and after the cache', () => {
    const { associations } = new ViewerFunctions(constructStack(), 'ViewerFunctions', CODE);

    expect(associations.map(({ eventType }) => eventType)).toEqual(['viewer-request', 'viewer-response']);
  });

  it('start with the default endpoint open', () => {
    const stack = constructStack();
    new ViewerFunctions(stack, 'ViewerFunctions', CODE);

    const assembly = (stack.node.root as App).synth();
    const manifest = JSON.parse(readFileSync(join(assembly.directory, 'Test.assets.json'), 'utf8'));
    const asset = Object.values<{ displayName: string; source: { path: string } }>(manifest.files).find(
      ({ displayName }) => displayName === 'ViewerFunctions/Settings/ImportSource',
    );
    const imported = JSON.parse(readFileSync(join(assembly.directory, asset?.source.path ?? ''), 'utf8'));
    expect(imported).toEqual({ data: [{ key: 'endpoint:default', value: '{"paused":false}' }] });
  });
});
