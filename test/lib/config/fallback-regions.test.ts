import { expect, it } from 'vitest';
import type { BackupConfig } from '../../../lib/config/backup.ts';
import { readConfig } from '../../../lib/config/config.ts';
import { copiesReadIn, fallbackRegions, regionWatchedIn } from '../../../lib/config/fallback-regions.ts';

const regions = ['eu-west-1', 'us-west-2', 'ap-south-1'] as const;
const backup = (destinations: BackupConfig['destinations']): BackupConfig => ({ destinations, timeControl: false });

it('the region where the copy is renders from it', () => {
  const copied = backup({ 'us-west-2': { bucket: 'acme-west', region: 'ap-south-1' } });

  expect(fallbackRegions({ regions, backup: copied })).toEqual([
    { of: 'us-west-2', to: 'ap-south-1', copy: { bucket: 'acme-west', region: 'ap-south-1' } },
  ]);
  expect(copiesReadIn('ap-south-1', { regions, backup: copied })).toEqual({
    'us-west-2': { bucket: 'acme-west', region: 'ap-south-1' },
  });
});

it('a copy in a region without the deployment is read by the first other one', () => {
  const copied = backup({ 'eu-west-1': { bucket: 'acme', region: 'eu-central-1' } });

  expect(fallbackRegions({ regions, backup: copied })).toMatchObject([{ of: 'eu-west-1', to: 'us-west-2' }]);
});

it('nobody renders from a copy that is away with its region, or where there is no other region', () => {
  expect(fallbackRegions({ regions, backup: backup({ 'us-west-2': { bucket: 'acme' } }) })).toEqual([]);
  expect(fallbackRegions({ regions })).toEqual([]);
  const alone = {
    regions: ['eu-west-1'] as const,
    backup: backup({ 'eu-west-1': { bucket: 'acme', region: 'eu-central-1' } }),
  };
  expect(fallbackRegions(alone)).toEqual([]);
});

it('each region is watched by the one before it, where that is asked for', () => {
  const given = {
    regions,
    backup: {
      destinations: Object.fromEntries(regions.map((one) => [one, { bucket: `b-${one}`, region: 'eu-central-1' }])),
    },
  };
  const config = readConfig({ ...given, automaticFailover: true });

  expect(regions.map((one) => regionWatchedIn(one, config))).toEqual(['us-west-2', 'ap-south-1', 'eu-west-1']);
  expect(regionWatchedIn('eu-west-1', readConfig(given))).toBeUndefined();
  expect(() => readConfig({ automaticFailover: true })).toThrow('"automaticFailover" needs a second region');
});
