import { describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { HANDLERS } from '../../lib/bundling/code-source.ts';
import { templatesOf, vitrineApp } from '../lib/vitrine-fixture.ts';
import { importsOf, textOf } from './sources.ts';

/** Construct that holds the function of a handler. */
const FUNCTIONS = {
  'transform-image': 'TransformerTransform',
  'watch-region': 'RegionWatchFunction',
  'transform-replica': 'FallbackTransform',
  api: 'ApiAnswer',
  ingest: 'UploadsIngest',
  'sync-edge': 'EdgeSyncPublish',
  'first-publication': 'FirstPublicationPublish',
  'resume-purges': 'PurgesResume',
  'follow-library': 'FollowerFollow',
  'mirror-audit': 'AuditMirrorCopy',
  'seal-audit': 'AuditSealsSeal',
  'deliver-webhooks': 'WebhooksDeliver',
  'break-glass': 'BreakGlassLetIn',
  'daily-mails': 'DailyMailsSend',
  'keep-records': 'BackupRecordsKeep',
  'back-up': 'BackupDailyBackUp',
  'restore-library': 'BackupRestorerRestore',
  'reach-ceiling': 'SpendCeilingReach',
} as const;

const { region, edge } = templatesOf(
  vitrineApp({
    vitrine: {
      remoteUploadAllow: ['10.0.0.0/8'],
      declaredTypes: 'refuse',
      embeddedFields: { tags: 'keywords' },
      defaultVisibility: 'private',
      people: { mailFrom: 'vitrine@example.com', hosts: ['localhost'] },
      regions: ['eu-west-1', 'us-west-2'],
      automaticFailover: true,
      backup: {
        destinations: {
          'eu-west-1': { bucket: 'acme-backup' },
          'us-west-2': { bucket: 'acme-west', region: 'eu-west-1' },
        },
      },
      spendCeiling: 400,
      overCeiling: 'nearest',
    },
  }),
);

/** Sources that a file reaches by imports, itself included. */
function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const imported of importsOf(file)) if (imported.endsWith('.ts')) reachedFrom(imported, seen);
  return seen;
}

/** Environment variables that a handler reads, by their names in the contract. */
function readBy(handler: string): string[] {
  const names = [...reachedFrom(`lambda/handlers/${handler}.ts`)].flatMap((file) =>
    [...textOf(file).matchAll(/\bENVIRONMENT\.(\w+)/g)].map(
      (match) => ENVIRONMENT[match[1] as keyof typeof ENVIRONMENT],
    ),
  );
  return [...new Set(names)].sort();
}

/** Variables of ours that the template sets for a function. */
function setFor(prefix: string): string[] {
  const functions = [region, edge].flatMap((stack) => Object.entries(stack.findResources('AWS::Lambda::Function')));
  const [, resource] = functions.find(([id]) => id.startsWith(prefix)) ?? [];
  return Object.keys(resource?.Properties.Environment.Variables)
    .filter((name) => name.startsWith('VITRINE_'))
    .sort();
}

describe('the environment of a function', () => {
  it('is asked of every handler but those that CloudFormation tells everything', () => {
    const told = HANDLERS.filter((name) => !(name in FUNCTIONS));

    expect(told).toEqual(['empty-buckets', 'keep-access-rules']);
    for (const handler of told) expect(readBy(handler)).toEqual([]);
  });

  it.each(Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[])(
    'of %s is exactly what its handler reads',
    (handler) => {
      expect(readBy(handler)).not.toEqual([]);
      expect(setFor(FUNCTIONS[handler])).toEqual(readBy(handler));
    },
  );
});
