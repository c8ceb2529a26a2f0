import { randomBytes } from 'node:crypto';
import { customFields } from '../../adapters/accounts-table/custom-fields.ts';
import { hasOrigins, originUse } from '../../adapters/accounts-table/endpoint-origins.ts';
import { namedTransformationStore } from '../../adapters/accounts-table/named-transformation-entity.ts';
import { namedTransformationFinder } from '../../adapters/accounts-table/named-transformation-finder.lean.ts';
import { originStore } from '../../adapters/accounts-table/origin-entity.ts';
import { pathPolicies } from '../../adapters/accounts-table/path-policies.ts';
import { restrictedKeys } from '../../adapters/accounts-table/restricted-keys.ts';
import { savedExtensions } from '../../adapters/accounts-table/saved-extensions.ts';
import { savedSearches } from '../../adapters/accounts-table/saved-searches.ts';
import { shareStore } from '../../adapters/accounts-table/shares.ts';
import { spendCeilings } from '../../adapters/accounts-table/spend-ceilings.ts';
import type { CommitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { signingKeyUses } from '../../adapters/library-table/signing-key-uses.lean.ts';
import { credentialSealer } from '../../adapters/origin-access/origin-credentials.ts';
import { dynamoItems } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { CredentialSealer } from '../../core/settings/origins/credential-sealing.ts';
import { configuredCeiling } from './configured-ceiling.ts';
import { homeClient, ofHome } from './home-client.ts';

/** What the account's settings are managed with, feature by feature. It can encrypt origins' credentials and not decrypt them. */
export function composeSettings(commit: CommitWithEvent) {
  const region = requireEnvironment(ENVIRONMENT.accountsRegion);
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  const home = { ...process.env, AWS_REGION: region };
  const dynamo = homeClient();
  const items = dynamoItems(home, table);
  const anyOrigin = hasOrigins(items);
  const sealer = credentialSealer(home, requireEnvironment(ENVIRONMENT.originCredentialsKey));
  return {
    origins: {
      origins: originStore(dynamo, table, commit),
      sealer: { seal: (...given) => ofHome(sealer.seal(...given)) } satisfies CredentialSealer,
      originUse: originUse(items),
      hasOrigins: () => ofHome(anyOrigin()),
      newId: () => randomBytes(12).toString('hex'),
      clock: Date.now,
    },
    namedTransformations: {
      namedTransformations: namedTransformationStore(dynamo, table, commit),
      shortId: () => randomBytes(12).toString('base64').replace(/[+/]/g, '').slice(0, 9),
      clock: Date.now,
    },
    fields: { fields: customFields(dynamo, table, commit), clock: Date.now },
    savedExtensions: { savedExtensions: savedExtensions(dynamo, table, commit), clock: Date.now },
    pathPolicies: { pathPolicies: pathPolicies(dynamo, table, commit), clock: Date.now },
    savedSearches: { savedSearches: savedSearches(dynamo, table, commit), clock: Date.now },
    shares: { shares: shareStore(dynamo, table, commit), clock: Date.now },
    spendCeiling: { ceilings: spendCeilings(dynamo, table, commit), dollars: configuredCeiling(), clock: Date.now },
    keys: {
      keys: restrictedKeys(dynamo, table, commit),
      secretBytes: () => randomBytes(32),
      clock: Date.now,
    },
    findNamed: namedTransformationFinder(items),
    signingKeys: {
      keyUses: signingKeyUses(process.env, requireEnvironment(ENVIRONMENT.libraryTable)),
      keyId: () => randomBytes(4).toString('hex'),
      newKey: () => randomBytes(30).toString('base64url'),
      clock: Date.now,
    },
  };
}
