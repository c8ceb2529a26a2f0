import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import type { VitrineApp } from '../../lib/vitrine-app.ts';
import { vitrineApp } from '../lib/vitrine-fixture.ts';
import { commit, isRecording, readBaseline, writeBaseline } from './baseline.ts';
import type { KeptStack, KeptStacks } from './kept-resources.ts';
import { keptStacksOf } from './kept-resources.ts';
import { lossesBetween } from './losses.ts';

const TEMPLATES = 'templates.json';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

/** Everything that a deployment can have, after its first deployment. It stays as it is from one release to the next. */
const CONFIGURATION = {
  regions: ['eu-west-1', 'us-west-2'],
  people: { mailFrom: 'vitrine@example.com' },
  mediaDomain: { name: 'media.example.com', certificateArn },
  apiDomain: { name: 'api.example.com', certificateArn },
  alarms: { mails: ['ops@example.com'] },
  backup: { destinations: { 'eu-west-1': { bucket: 'acme-one' }, 'us-west-2': { bucket: 'acme-two' } } },
  largeUploads: 'web',
  spendCeiling: 100,
};

interface Templates {
  readonly commit: string;
  readonly stacks: KeptStacks;
}

const today = (): VitrineApp =>
  vitrineApp({
    'vitrine:deployed': ['vitrine-eu-west-1', 'vitrine-us-west-2', 'vitrine-edge'],
    vitrine: CONFIGURATION,
  });

if (isRecording) writeBaseline(TEMPLATES, { commit: commit(), stacks: keptStacksOf(today()) });

/* SUP-006 of the attack catalogue: the templates, in both directions. */
describe('an update of the stacks', () => {
  const { stacks: before } = readBaseline<Templates>(TEMPLATES);

  it('leaves every resource with state, and every name that others know, where the last release put it', () => {
    const kept = Object.values(before).flatMap(({ resources }) => Object.values(resources));

    expect(kept.length).toBeGreaterThan(60);
    expect(lossesBetween(before, keptStacksOf(today()))).toEqual([]);
  });

  it('is taken back without a replacement: what the last release knows comes from it as it was', () => {
    const now = keptStacksOf(today());
    const known = Object.entries(now).map(([name, stack]) => [name, onlyOf(before[name], stack)]);

    expect(lossesBetween(Object.fromEntries(known), before)).toEqual([]);
  });

  it('is refused when a resource gets another logical id, because it would be a new, empty one', () => {
    const app = today();
    const [home] = app.regions;
    const bucket = home.node
      .findAll()
      .find((one): one is CfnBucket => one instanceof CfnBucket && one.node.path.includes('/Originals/'));
    bucket?.overrideLogicalId('Renamed');

    expect(lossesBetween(before, keptStacksOf(app))).toEqual([
      'vitrine-eu-west-1: OriginalsBucket0D7D99C8 (AWS::S3::Bucket) is gone, or has another logical id.',
    ]);
  });
});

/** What of a stack another one has, too. */
function onlyOf(known: KeptStack | undefined, { resources, outputs, exports }: KeptStack): KeptStack {
  const within = (names: object = {}) => Object.entries(exports).filter(([id]) => id in names);
  return {
    resources: Object.fromEntries(Object.entries(resources).filter(([id]) => id in (known?.resources ?? {}))),
    outputs: outputs.filter((id) => known?.outputs.includes(id)),
    exports: Object.fromEntries(within(known?.exports)),
  };
}
