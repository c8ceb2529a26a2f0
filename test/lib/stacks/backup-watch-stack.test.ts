import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { vitrineApp } from '../vitrine-fixture.ts';

const to = (region?: string) => ({ bucket: `acme-backup-${region ?? 'here'}`, ...(region && { region }) });

/** Names of the stacks, and the alarms of lag by the stack that they are in. */
function lagAlarms(vitrine: Record<string, unknown>): Record<string, readonly Record<string, unknown>[]> {
  const app = vitrineApp({ vitrine });
  const stacks = app.node.children.flatMap((one) => (one === app.edge ? [] : [one]));
  return Object.fromEntries(
    stacks.flatMap((stack) => {
      const alarms = Object.values(Template.fromStack(stack as never).findResources('AWS::CloudWatch::Alarm'));
      const late = alarms
        .map(({ Properties }) => Properties)
        .filter(({ MetricName }) => MetricName === 'ReplicationLatency');
      return late.length > 0 ? [[stack.node.id, late]] : [];
    }),
  );
}

it('the lag is watched where S3 publishes it: in the region of the destination', () => {
  const alarms = lagAlarms({ backup: { destinations: { 'eu-west-1': to('eu-central-1') } } });

  expect(Object.keys(alarms)).toEqual(['vitrine-backup-eu-central-1']);
  expect(alarms['vitrine-backup-eu-central-1']?.map(({ AlarmName }) => AlarmName)).toEqual([
    'vitrine-backup-media-late-of-eu-west-1-eu-central-1',
    'vitrine-backup-records-late-of-eu-west-1-eu-central-1',
  ]);
  expect(alarms['vitrine-backup-eu-central-1']?.[0]).toMatchObject({ Threshold: 900, Statistic: 'Maximum' });
});

it('a backup in the same region needs no stack of its own', () => {
  const alarms = lagAlarms({ backup: { destinations: { 'eu-west-1': to() } } });

  expect(Object.keys(alarms)).toEqual(['vitrine-eu-west-1']);
  expect(alarms['vitrine-eu-west-1']?.[0]?.AlarmName).toBe('vitrine-backup-media-late-eu-west-1');
});

it('two regions that are backed up to each other have a stack each, with different names', () => {
  const regions = ['eu-west-1', 'us-west-2'];
  const destinations = { 'eu-west-1': to('us-west-2'), 'us-west-2': to('eu-west-1') };
  const alarms = lagAlarms({ regions, backup: { destinations }, alarms: { mails: ['ops@example.com'] } });
  const names = Object.values(alarms)
    .flat()
    .map(({ AlarmName }) => AlarmName);

  expect(Object.keys(alarms)).toEqual(['vitrine-backup-us-west-2', 'vitrine-backup-eu-west-1']);
  expect(new Set(names).size).toBe(4);
});

it('nothing is watched in the profile small', () => {
  expect(lagAlarms({ profile: 'small', backup: { destinations: { 'eu-west-1': to('eu-central-1') } } })).toEqual({});
});
