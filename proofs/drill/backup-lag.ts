import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startS3Server } from 'local-cloud/s3';
import { expect } from 'vitest';

const MINUTE = 60_000;
const OWNER = { access: 'all', accessKeyId: 'AKIADRILL', secretAccessKey: 'drill' } as const;
const SOURCE = 'originals';
const BACKUP = 'backup';

/** Longer than the local cloud takes to see that its clock was set forward. */
const NOTICED = 450;

/**
 * A file comes in each minute, S3 is fifteen minutes late, and the region is lost at the end: how old is the newest file of the backup? The
 * clock of the storage is handed in.
 * @param assembly folder of a deployment with a backup
 * @returns seconds of work that are lost, and the seconds from which on the alarm of the templates tells
 */
export async function measureLoss(
  lagMinutes: number,
  assembly: string,
): Promise<{ readonly lost: number; readonly alarm: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-drill-'));
  let now = Date.parse('2026-01-01T00:00:00Z');
  const server = await startS3Server({
    ...{ folder, region: 'eu-west-1', principals: [OWNER], now: () => new Date(now) },
    fateOfReplication: () => ({ lag: lagMinutes * MINUTE, fails: false }),
  });
  const client = new S3Client({
    ...{ endpoint: server.endpoint, region: 'eu-west-1', forcePathStyle: true, credentials: OWNER },
    // Its signatures are of the storage's time.
    systemClockOffset: now - Date.now(),
  });
  try {
    const replications = [{ prefix: 'media/', destination: BACKUP, deleteMarkers: true }];
    server.ensureBucket({ name: SOURCE, versioned: true, eventBridge: false, replications });
    server.ensureBucket({ name: BACKUP, versioned: true, eventBridge: false });
    const minutes = 2 * lagMinutes;
    for (let minute = 0; minute <= minutes; minute++) {
      client.config.systemClockOffset = now - Date.now();
      await client.send(new PutObjectCommand({ Bucket: SOURCE, Key: keyOf(minute), Body: 'bytes' }));
      if (minute < minutes) now += MINUTE;
      await pause(NOTICED);
    }
    client.config.systemClockOffset = now - Date.now();
    const newest = await newestIn(client, minutes);
    return { lost: (minutes - newest) * 60, alarm: alarmSeconds(assembly) };
  } finally {
    client.destroy();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

const keyOf = (minute: number): string => `media/minute-${minute}.jpg`;

/** The minute of the newest file that the backup has. */
async function newestIn(client: S3Client, minutes: number): Promise<number> {
  for (let minute = minutes; minute >= 0; minute--) {
    const head = new HeadObjectCommand({ Bucket: BACKUP, Key: keyOf(minute) });
    if (
      await client.send(head).then(
        () => true,
        () => false,
      )
    )
      return minute;
  }
  throw new Error('The backup has no file at all.');
}

interface Alarm {
  readonly Type: string;
  readonly Properties?: { readonly MetricName?: string; readonly Threshold?: number };
}

/** Of the alarms of lag in the templates. @param assembly folder of a deployment with a backup */
function alarmSeconds(assembly: string): number {
  const templates = readdirSync(assembly).filter((name) => name.endsWith('.template.json'));
  const late = templates
    .map((name) => JSON.parse(readFileSync(join(assembly, name), 'utf8')).Resources as Readonly<Record<string, Alarm>>)
    .flatMap((resources) => Object.values(resources))
    .filter(({ Properties }) => Properties?.MetricName === 'ReplicationLatency');
  const thresholds = new Set(late.map(({ Properties }) => Properties?.Threshold));
  expect([late.length, thresholds.size]).toEqual([2, 1]);
  return Number([...thresholds][0]);
}
