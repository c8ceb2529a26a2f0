import type { Report } from '../kernel/report.ts';
import type { EndpointStore } from '../settings/endpoints/endpoint-store.ts';
import type { SettingsStore } from './published/edge-settings.ts';
import { endpointSource } from './published/endpoint-source.ts';
import type { PublicationRecord } from './published/publication-record.ts';
import { type SigningKeysSourceDeps, signingKeysSource } from './published/signing-keys-source.ts';
import { syncEdgeSettings } from './published/sync-edge-settings.ts';
import { edgeRulesSource } from './rules/edge-rules-source.ts';
import type { SyncWebAclDeps } from './rules/sync-web-acl.ts';
import { syncWebAcl } from './rules/sync-web-acl.ts';
import type { StaleFoldersSourceDeps } from './stale-folders/stale-folders-source.ts';
import { staleFoldersSource } from './stale-folders/stale-folders-source.ts';
import type { TakedownSourceDeps } from './takedown/takedown-source.ts';
import { takedownSource } from './takedown/takedown-source.ts';

export interface PublishAccessDeps
  extends SyncWebAclDeps,
    TakedownSourceDeps,
    SigningKeysSourceDeps,
    StaleFoldersSourceDeps {
  readonly endpoints: Pick<EndpointStore, 'read'>;
  readonly edgeSettings: SettingsStore;
  readonly publications: PublicationRecord;
  readonly hexId: () => string;
  readonly report: Report;
}

/**
 * Brings endpoints, signing keys, rules, takedowns and stale folders to where they are decided: after each change, and every minute, which is also when rules
 * begin and end and when what failed is made up for. Never rejects: the change itself is recorded.
 * @returns whether everything is published
 */
export async function publishAccess(deps: PublishAccessDeps): Promise<boolean> {
  const endpoints = endpointSource(async () => (await deps.endpoints.read()).endpoints);
  const sources = [
    endpoints,
    signingKeysSource(deps),
    edgeRulesSource(deps),
    takedownSource(deps),
    staleFoldersSource(deps),
  ];
  const published = await Promise.all([
    attempt(deps, 'edge-sync-failed', () =>
      syncEdgeSettings({ ...deps, sources, store: deps.edgeSettings, record: deps.publications }),
    ),
    attempt(deps, 'web-acl-sync-failed', () => syncWebAcl(deps)),
  ]);
  return published.every((done) => done);
}

async function attempt({ report }: PublishAccessDeps, event: string, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    report(event, error);
    return false;
  }
}
