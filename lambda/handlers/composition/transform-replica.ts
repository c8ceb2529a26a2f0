import { randomBytes } from 'node:crypto';
import { edgeSettingsView } from '../../adapters/accounts-table/edge-settings-view.lean.ts';
import { listEndpointItems } from '../../adapters/accounts-table/endpoint-list.lean.ts';
import { namedTransformationFinder } from '../../adapters/accounts-table/named-transformation-finder.lean.ts';
import { patternRules } from '../../adapters/accounts-table/pattern-rules.lean.ts';
import { replica } from '../../adapters/backup/replica.lean.ts';
import { cached } from '../../adapters/cached.lean.ts';
import { signingSecret } from '../../adapters/credentials-secret/signing-secret.lean.ts';
import type { ReplicaPlace } from '../../contract/backup.ts';
import { NO_BUDGET } from '../../contract/encoding-budget.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { ReplicaDeliveryDeps } from '../../core/delivery/deliver-from-replica.ts';
import { renderAllowance } from '../../core/delivery/render-allowance.ts';
import type { ReplicaAccessDeps } from '../../core/delivery/replica-access.ts';
import { checkAccess } from '../../core/protection/check-access.ts';
import { endpointSource } from '../../core/protection/published/endpoint-source.ts';
import { signingKeysSource } from '../../core/protection/published/signing-keys-source.ts';
import { sanitiseInChild } from '../../core/render/isolated/sanitise-svg.ts';
import { render } from '../../core/render/render.ts';
import { SETTINGS_MEMORY } from '../../core/settings/settings-memory.ts';
import { composeAccountItems } from './account-items.ts';

export interface TransformReplica {
  /** Of every request; its files and its report are added by the handler. */
  readonly delivery: Omit<ReplicaDeliveryDeps, 'report' | 'assets' | 'originals'>;
  readonly access: ReplicaAccessDeps;
}

/** What renders from the copies of other regions. It has no right to write anything. */
export function composeTransformReplica(): TransformReplica {
  const accountItems = composeAccountItems();
  const endpoints = cached(() => listEndpointItems(accountItems), SETTINGS_MEMORY);
  const places = JSON.parse(requireEnvironment(ENVIRONMENT.replicas)) as Readonly<Record<string, ReplicaPlace>>;
  const replicas = new Map(Object.entries(places).map(([region, place]) => [region, replica(process.env, place)]));
  const settings = edgeSettingsView({
    endpoints: endpointSource(() => listEndpointItems(accountItems)),
    keys: signingKeysSource({
      signingSecret: signingSecret(process.env, requireEnvironment(ENVIRONMENT.credentialsSecret)),
      clock: Date.now,
    }),
  });
  return {
    delivery: {
      findNamed: namedTransformationFinder(accountItems),
      checkAccess: checkAccess({ patternRules: patternRules(accountItems), clock: Date.now }),
      settings,
      clock: Date.now,
      mayRender: renderAllowance({
        limit: LIMITS.rendersPerMinute,
        clock: Date.now,
        newSalt: () => randomBytes(16).toString('hex'),
      }),
      render,
      ceilingEnd: async () => undefined,
      encoding: NO_BUDGET,
      sanitiseSvg: sanitiseInChild,
      now: () => performance.now(),
    },
    access: {
      read: settings.read,
      home: requireEnvironment(ENVIRONMENT.accountsRegion),
      replicaOf: (region) => replicas.get(region),
      hasOrigins: async (id) => ((await endpoints()).find((one) => one.id === id)?.origins.length ?? 0) > 0,
    },
  };
}
