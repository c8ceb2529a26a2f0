import { parseArgs } from 'node:util';
import type { CopiedPart, RestorePlan, WrittenPart } from '../../lambda/contract/backup.ts';
import { CommandFailed } from '../command-failed.ts';
import { type Tell, TO_PEOPLE } from '../to-people.ts';
import type { CallRestorer } from './call-restorer.ts';
import { restorer } from './call-restorer.ts';

export const RESTORE_HELP = `Usage: vitrine restore --from s3://BUCKET [--deployment NAME] [--region REGION]

Gives a region what its backup has: bytes, files with all versions and details, folders, the trash, settings. What the region has is
left alone, so the call may be made again after a break. What was removed for good is not brought back. The credentials of AWS must
allow calling the function NAME-restore, which the deployment has when cdk.json names the backup.

  --from        the bucket of the backup
  --deployment  name of the deployment. Default: vitrine
  --region      the region to restore. Default: the one of the AWS SDK

Exit codes: 0 everything is restored, 1 bytes are missing or damaged, or it is refused, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function restore(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      from: { type: 'string' },
      deployment: { type: 'string', default: 'vitrine' },
      region: { type: 'string' },
    },
  });
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]+[a-z0-9])\/?$/.exec(values.from ?? '')?.[1];
  if (values.help || bucket === undefined) {
    print(RESTORE_HELP);
    return values.help ? 0 : 2;
  }
  const call = restorer({ deployment: values.deployment, region: values.region, bucket });
  const { plan } = await call('plan');
  print(aboutPlan(plan));
  // Bytes before what shows them.
  const copied = await eachPart(plan, tell, 'Bytes', async (part) => (await call('copy', part)).copied);
  const written = await eachPart(plan, tell, 'Records', async (part) => (await call('write', part)).written);
  const { finished } = await call('finish');
  print(aboutBytes(copied));
  print(aboutRecords(written));
  print(`Settings: ${finished.settings} restored.\n`);
  return copied.some(({ missing, damaged }) => missing.length + damaged.length > 0) ? 1 : 0;
}

type Part = Parameters<CallRestorer>[1];

async function eachPart<T>(
  { parts }: RestorePlan,
  tell: Tell,
  what: string,
  work: (part: Part) => Promise<T>,
): Promise<T[]> {
  const told: T[] = [];
  for (let part = 0; part < parts; part++) {
    told.push(await work({ part, parts }));
    tell(`${what}: part ${part + 1} of ${parts} is done.\n`);
  }
  return told;
}

function aboutPlan({ snapshots, changes, erased }: RestorePlan): string {
  if (snapshots.length + changes === 0) throw new CommandFailed('The bucket has no records of a library.');
  const since = snapshots.length === 0 ? 'no snapshot' : `snapshots of ${snapshots.join(' and ')}`;
  return `The backup has ${since}, ${changes} files of changes since, and ${erased} erasures.\n`;
}

function aboutBytes(parts: readonly CopiedPart[]): string {
  const sum = (count: (part: CopiedPart) => number) => parts.reduce((all, part) => all + count(part), 0);
  const lost = parts.flatMap(({ missing, damaged }) => [
    ...missing.map((key) => `Missing in the backup: ${key}\n`),
    ...damaged.map((key) => `Other bytes than its checksum says: ${key}\n`),
  ]);
  const [copied, there] = [sum((part) => part.copied), sum((part) => part.there)];
  return `${lost.join('')}Bytes: ${copied} copied, ${there} there before, ${lost.length} lost.\n`;
}

function aboutRecords(parts: readonly WrittenPart[]): string {
  const sum = (count: (part: WrittenPart) => number) => parts.reduce((all, part) => all + count(part), 0);
  const renamed = sum((part) => part.renamed);
  const more = renamed > 0 ? `, ${renamed} under another name because theirs was taken` : '';
  const [added, there, denied] = [sum((part) => part.added), sum((part) => part.there), sum((part) => part.denied)];
  return `Records: ${added} restored${more}, ${there} there before, ${denied} erased.\n`;
}
