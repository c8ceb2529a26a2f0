import type { StackProps } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { VitrineConfig } from '../config/config.ts';
import { LagAlarms } from '../constructs/backup/lag-alarms.ts';
import { tellOfAlarms } from '../constructs/insight/alarm-receivers.ts';
import { ORIGINALS_BUCKET_OUTPUT } from './region/region-outputs.ts';
import { outputOf } from './stack-output.ts';

/** Stacks of regions that are backed up to one other region. */
export interface BackupWatchStackProps extends StackProps {
  readonly config: VitrineConfig;
  readonly sources: readonly Stack[];
}

/** Alarms in a region that holds buckets of backups and nothing else of ours. */
export class BackupWatchStack extends Stack {
  constructor(scope: Construct, id: string, { config, sources, ...props }: BackupWatchStackProps) {
    super(scope, id, props);
    const { name, alarms, backup } = config;
    for (const source of sources) {
      this.addStackDependency(source, 'reads the name of its bucket');
      new LagAlarms(this, `Lag-${source.region}`, {
        deployment: name,
        region: source.region,
        originals: outputOf(source, ORIGINALS_BUCKET_OUTPUT),
        destination: backup?.destinations[source.region]?.bucket ?? '',
      });
    }
    // A region may have a stack of its own, too, with receivers of that name.
    tellOfAlarms(this, `${name}-backup`, alarms);
  }
}
