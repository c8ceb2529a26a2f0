import { parseArgs } from 'node:util';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { readConfig } from '../../lib/config/config.ts';
import { fallbackRegions } from '../../lib/config/fallback-regions.ts';
import { destinationLifecycle } from '../../lib/constructs/backup/destination-lifecycle.ts';
import { destinationPolicy } from '../../lib/constructs/backup/destination-policy.ts';
import { projectContext } from '../../lib/vitrine-context.ts';
import type { Tell } from '../to-people.ts';
import { WrongCall } from '../wrong-call.ts';
import { makeBatchReplication } from './batch-replication.ts';

export const BACKUP_HELP = `Usage: vitrine backup policy --account ID [--region REGION]
       vitrine backup lifecycle
       vitrine backup start --account ID --originals BUCKET [--region REGION] [--confirm]

policy prints the policy of the bucket that a region is backed up to: what its owner, who may be another account, lets roles of the
deployment do there. lifecycle prints when records end in it, which S3 does not take over. Both change nothing.
start makes a job of S3 Batch Replication for what was stored before the backup was configured, or what failed, with the credentials that
the AWS SDK finds. It costs $0.25, and $1 for a million objects. All are about the backup that cdk.json describes.

  --account    12 digits of the deployment's account
  --region     region of the deployment. Default: the first one
  --confirm    the job of start runs at once. Default: it waits until somebody confirms it
  --originals  name of the originals bucket: the output OriginalsBucketName of the region's stack

Exit codes: 0 done, 1 there is no backup of the region or S3 refuses, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function backup(
  args: readonly string[],
  print: (text: string) => void,
  _?: Tell,
  clients = s3Control,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      account: { type: 'string' },
      region: { type: 'string' },
      originals: { type: 'string' },
      confirm: { type: 'boolean', default: false },
    },
  });
  const [task, ...rest] = positionals;
  const isKnown = ['policy', 'lifecycle', 'start'].includes(task ?? '') && rest.length === 0;
  if (values.help || !isKnown) {
    print(BACKUP_HELP);
    return values.help ? 0 : 2;
  }
  if (task === 'lifecycle') {
    print(`${JSON.stringify(destinationLifecycle, null, 2)}\n`);
    return 0;
  }
  const account = readAccount(values.account);
  const config = readConfig(projectContext().vitrine);
  const region = values.region ?? config.regions[0];
  const destination = config.backup?.destinations[region];
  if (!destination) {
    print(`cdk.json describes no backup of ${region}: "backup.destinations" names none.\n`);
    return 1;
  }
  const at = { deployment: config.name, region, account };
  if (task === 'policy') {
    const fallback = fallbackRegions(config).find(({ of }) => of === region)?.to;
    print(`${JSON.stringify(destinationPolicy({ ...at, bucket: destination.bucket, fallback }), null, 2)}\n`);
    return 0;
  }
  if (values.originals === undefined) throw new WrongCall('--originals is missing.');
  const wanted = { ...at, originals: values.originals, isConfirmed: values.confirm };
  const job = await makeBatchReplication(clients(region), wanted, Date.now());
  print(values.confirm ? `S3 replicates by the job ${job}.\n` : waiting(job, account, region));
  return 0;
}

const s3Control = (region: string) => new S3ControlClient({ region });

const waiting = (
  job: string,
  account: string,
  region: string,
): string => `S3 has the job ${job}, which waits. Look at how many objects it is about, and confirm it in the console or by:

  aws s3control update-job-status --account-id ${account} --region ${region} --job-id ${job} --requested-job-status Ready
`;

function readAccount(text: string | undefined): string {
  if (text !== undefined && /^\d{12}$/.test(text)) return text;
  throw new WrongCall('--account takes the 12 digits of an account.');
}
