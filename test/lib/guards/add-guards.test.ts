import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { acceptedFindings } from '../../../lib/guards/accepted-findings.ts';
import { accept } from '../../../lib/guards/add-guards.ts';
import type { VitrineApp } from '../../../lib/vitrine-app.ts';
import { vitrineApp } from '../vitrine-fixture.ts';

const DECIDED = {
  name: 'vitrine',
  regions: ['eu-west-1'],
  profile: 'guarded',
  retainData: true,
  largeUploads: 'off',
  alarms: { mails: [], urls: [] },
} as const;
const PEOPLE = {
  mailFrom: 'vitrine@example.com',
  hosts: ['api.example.com'],
  allowedDomains: [],
  directories: {},
  directoriesOnly: false,
};
const FINDINGS = acceptedFindings(DECIDED);

/** What the guards say to an app; nothing when they let it pass. */
function complaints(change: (app: VitrineApp) => void = () => {}): string {
  const app = vitrineApp({ 'vitrine:guards': 'on' });
  change(app);
  try {
    app.synth();
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('the guards', () => {
  it('let the app pass as it is', () => {
    expect(complaints()).toBe('');
  });

  it('stop a log group that never ends', () => {
    const said = complaints(({ edge }) => new LogGroup(edge, 'Endless', { retention: RetentionDays.INFINITE }));

    expect(said).toMatch(/keeps its lines for 90 days.*\(Vitrine\)[\s\S]*vitrine-edge\/Endless/);
  });

  it('stop a bucket that cdk-nag knows something against', () => {
    const said = complaints(({ regions: [home] }) => new Bucket(home, 'Another'));

    expect(said).toMatch(/server access logs disabled[\s\S]*AwsSolutions-S1/);
  });

  it('stop a property that CloudFormation does not know', () => {
    const said = complaints(
      ({ edge }) => new CfnResource(edge, 'Misspelt', { type: 'AWS::SSM::Parameter', properties: { Typ: 'String' } }),
    );

    expect(said).toMatch(/Typ/);
  });
});

describe('accepted findings', () => {
  it('each say why', () => {
    expect(FINDINGS.filter(({ reason }) => reason.length < 40)).toEqual([]);
  });

  it.each([
    ['', {}],
    [' of a deployment with people', { people: PEOPLE }],
    [
      ' where somebody is told of alarms',
      { alarms: { mails: ['ops@example.com'], urls: ['https://example.com/hook'] } },
    ],
    [' with uploads of any size', { largeUploads: 'web' as const }],
    [' with a ceiling of spending', { spendCeiling: 400 }],
    [' with a backup', { backup: { destinations: { 'eu-west-1': { bucket: 'acme-backup' } }, timeControl: false } }],
  ])('are exactly what cdk-nag finds%s', (_, more) => {
    const app = vitrineApp({ vitrine: more });

    const found = [new AwsSolutionsChecks(), new ServerlessChecks()]
      .flatMap((pack) => pack.validateScope(app).violations)
      .flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath = '' }) => `${ruleName} at ${constructPath.replace(/^[^/]+\//, '')}`),
      );

    const accepted = acceptedFindings({ ...DECIDED, ...more }).flatMap(({ rule, at }) =>
      at.map(
        (end) =>
          `${rule} at ${typeof end === 'string' ? end : found.find((one) => end.test(one))?.replace(/^.* at /, '')}`,
      ),
    );
    // Edge and region may have the same construct.
    expect([...new Set(found)].sort()).toEqual(accepted.sort());
  });

  it('may not name what is not there', () => {
    const stack = new Stack(new App(), 'Stack');

    expect(() => accept(stack, { rule: 'AwsSolutions-S1', at: ['Gone/Resource'], reason: 'none' })).toThrow(
      'The accepted finding AwsSolutions-S1 names "Gone/Resource", which is no construct.',
    );
  });
});
