import { listEndpointItems } from '../../aws/accounts/endpoint-list.ts';
import { namedTransformationFinder } from '../../aws/accounts/named-transformation-finder.ts';
import { patternRules } from '../../aws/accounts/pattern-rules.ts';
import { assetFinder } from '../../aws/asset-finder.ts';
import { dynamoItems } from '../../aws/dynamo-items.ts';
import { edgeSettingsView } from '../../aws/edge-settings-view.ts';
import { originalReader } from '../../aws/original-reader.ts';
import { signingKeyUses } from '../../aws/signing-key-uses.ts';
import { signingSecret } from '../../aws/signing-secret.ts';
import { variantDependencies } from '../../aws/variant-dependencies.ts';
import { variantStore } from '../../aws/variant-store.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { checkAccess } from '../../core/access/check-access.ts';
import { signingKeysSource } from '../../core/access/signing-keys.ts';
import type { DeliverImageDeps } from '../../core/delivery/deliver-image.ts';
import { endpointSource } from '../../core/endpoints/endpoint-source.ts';
import { render } from '../../core/transform/render/render.ts';
import { sanitiseSvg } from '../../core/transform/render/sanitise-svg.ts';

/** The transformer's dependencies; what belongs to one request, its report, is added by the handler. */
export function composeTransformImage(): Omit<DeliverImageDeps, 'report'> {
  const originals = requireEnvironment(ENVIRONMENT.originalsBucket);
  const accounts = requireEnvironment(ENVIRONMENT.accountsTable);
  const accountsEnvironment = { ...process.env, AWS_REGION: requireEnvironment(ENVIRONMENT.accountsRegion) };
  const accountItems = dynamoItems(accountsEnvironment, accounts);
  const library = requireEnvironment(ENVIRONMENT.libraryTable);
  return {
    assets: assetFinder(process.env, library),
    findNamed: namedTransformationFinder(accountItems),
    dependencies: variantDependencies(process.env, library),
    originals: originalReader(process.env, originals),
    variants: variantStore(process.env, requireEnvironment(ENVIRONMENT.variantsBucket), originals),
    checkAccess: checkAccess({ patternRules: patternRules(accountsEnvironment, accounts), clock: Date.now }),
    settings: edgeSettingsView({
      endpoints: endpointSource(() => listEndpointItems(accountItems)),
      keys: signingKeysSource({
        signingSecret: signingSecret(process.env, requireEnvironment(ENVIRONMENT.credentialsSecret)),
        clock: Date.now,
      }),
    }),
    noteKey: signingKeyUses(process.env, library).note,
    clock: Date.now,
    render,
    sanitiseSvg,
    now: () => performance.now(),
  };
}
