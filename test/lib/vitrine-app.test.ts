import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { RENDER_CHILD_FILE } from '../../lambda/contract/render-child.ts';
import { PROJECT_ROOT } from '../../lib/vitrine-context.ts';
import { temporaryFolder } from '../temporary-folders.ts';
import { templatesOf, vitrineApp } from './vitrine-fixture.ts';

/** A folder for PATH with Node and some plain tools; no shell, no Docker, no git. */
function bareTools(): string {
  const folder = temporaryFolder('path');
  symlinkSync(realpathSync(process.execPath), join(folder, 'node'));
  for (const tool of ['cat', 'ls', 'mkdir', 'env'])
    symlinkSync(execFileSync('which', [tool], { encoding: 'utf8' }).trim(), join(folder, tool));
  return folder;
}

function synthesize(context: Record<string, unknown>) {
  const outdir = temporaryFolder('assembly');
  const { status, stderr } = spawnSync('node', ['bin/vitrine.ts'], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
    env: { PATH: bareTools(), CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return { outdir, status, stderr };
}

describe('bin/vitrine.ts', () => {
  it('synthesizes what is deployed, guarded, without credentials, shell or Docker', () => {
    const { outdir, status, stderr } = synthesize({ 'vitrine:sharp-layer': 'placeholder' });

    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { Resources } = JSON.parse(readFileSync(join(outdir, 'vitrine-eu-west-1.template.json'), 'utf8'));
    const functions = Object.values<{ Type: string; Metadata: Record<string, string> }>(Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    expect(functions).toHaveLength(10);
    const files = functions.map(({ Metadata }) => readdirSync(join(outdir, Metadata['aws:asset:path'] ?? '')).join());
    expect(files.sort()).toEqual([
      'index.mjs',
      'index.mjs',
      'index.mjs',
      'index.mjs',
      'index.mjs',
      'index.mjs',
      'index.mjs',
      `index.mjs,${RENDER_CHILD_FILE}`,
      `index.mjs,${RENDER_CHILD_FILE}`,
      `index.mjs,${RENDER_CHILD_FILE}`,
    ]);
  });

  it('says all that is wrong with the configuration, in sentences', () => {
    const { status, stderr } = synthesize({ vitrine: { regions: ['atlantis-1'], retainData: 1 } });

    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^The context key "vitrine" in cdk\.json has problems:\n- "regions" .*\n- "retainData" .*\n$/,
    );
  });
});

describe('the app', () => {
  it('has a stack per region and one at the edge, which comes after its home', () => {
    const app = vitrineApp({ vitrine: { name: 'pictures', regions: ['eu-central-1', 'ap-southeast-2'] } });

    const stacks = app.synth().stacks.map(({ stackName }) => stackName);
    expect([...stacks].sort()).toEqual(['pictures-ap-southeast-2', 'pictures-edge', 'pictures-eu-central-1']);
    expect(stacks.indexOf('pictures-edge')).toBeGreaterThan(stacks.indexOf('pictures-eu-central-1'));
    templatesOf(app).edge.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: Match.arrayWith(
          ['eu-central-1', 'ap-southeast-2'].map((Region) =>
            Match.objectLike({
              DomainName: {
                'Fn::GetStackOutput': { StackName: `pictures-${Region}`, Region, OutputName: 'TransformerHost' },
              },
            }),
          ),
        ),
      },
    });
  });

  it('has one key of origins’ credentials and one that seals, in the home region, which the others use there', () => {
    const [home, other] = vitrineApp({ vitrine: { regions: ['eu-west-1', 'us-west-2'] } }).regions;

    Template.fromStack(home).resourceCountIs('AWS::KMS::Key', 2);
    const template = Template.fromStack(other as Stack);
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          VITRINE_ORIGIN_CREDENTIALS_KEY: {
            'Fn::GetStackOutput': Match.objectLike({ StackName: 'vitrine-eu-west-1', Region: 'eu-west-1' }),
          },
        },
      },
    });
  });

  it('protects the stacks with data from deletion, unless the owner keeps none', () => {
    const kept = vitrineApp();
    const disposable = vitrineApp({ vitrine: { retainData: false, confirmErasure: 'vitrine' } });

    expect([kept.regions[0].terminationProtection, disposable.regions[0].terminationProtection]).toEqual([true, false]);
    Template.fromStack(disposable.regions[0]).hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Delete',
      Properties: { Replicas: [{ DeletionProtectionEnabled: false }] },
    });
  });

  it('passes every guard with everything decided otherwise than by default', () => {
    const app = vitrineApp({
      'vitrine:guards': 'on',
      vitrine: {
        name: 'my-pictures',
        regions: ['us-east-1', 'eu-west-1'],
        mediaDomain: {
          name: 'media.example.com',
          certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
        },
        apiDomain: { name: 'api.example.com', hostedZones: [{ id: 'Z0000000001', name: 'example.com' }] },
        blockedCountries: ['AQ'],
        blockedAddresses: ['192.0.2.0/24', '2001:db8::/32'],
        requestsPerAddress: 1000,
        remoteUploadAllow: ['10.0.0.0/8'],
        transformer: { memoryMegabytes: 3008, reservedConcurrency: 20 },
        retainData: false,
        confirmErasure: 'my-pictures',
        variantDays: 30,
      },
    });

    expect(() => app.synth()).not.toThrow();
  });

  it('passes every guard in the profile small, and has no web ACL there', () => {
    const app = vitrineApp({ 'vitrine:guards': 'on', vitrine: { profile: 'small' } });

    expect(() => app.synth()).not.toThrow();
    const { edge } = templatesOf(app);
    edge.resourceCountIs('AWS::WAFv2::WebACL', 0);
    edge.resourceCountIs('AWS::Lambda::Function', 1);
    expect(JSON.stringify(edge.findResources('AWS::SSM::Parameter'))).not.toContain('accessRuleGroupArn');
  });

  it('refuses an unknown choice by name', () => {
    expect(() => vitrineApp({ 'vitrine:guards': 'of' })).toThrow(
      'The context key "vitrine:guards" is "of"; allowed: on, off.',
    );
  });

  it('has the flags that the pinned CDK recommends', () => {
    const recommended = JSON.parse(
      readFileSync(join(PROJECT_ROOT, 'node_modules/aws-cdk-lib/recommended-feature-flags.json'), 'utf8'),
    );

    const { context } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'cdk.json'), 'utf8'));
    expect(context).toMatchObject(recommended);
  });
});
