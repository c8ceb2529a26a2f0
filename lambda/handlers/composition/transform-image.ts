import { randomBytes } from 'node:crypto';
import { edgeSettingsView } from '../../adapters/accounts-table/edge-settings-view.lean.ts';
import { listEndpointItems } from '../../adapters/accounts-table/endpoint-list.lean.ts';
import { namedTransformationFinder } from '../../adapters/accounts-table/named-transformation-finder.lean.ts';
import { patternRules } from '../../adapters/accounts-table/pattern-rules.lean.ts';
import { spendCeilingView } from '../../adapters/accounts-table/spend-ceiling-view.lean.ts';
import { signingSecret } from '../../adapters/credentials-secret/signing-secret.lean.ts';
import { assetFinder } from '../../adapters/library-table/asset-finder.lean.ts';
import { queueInvalidation } from '../../adapters/library-table/queue-invalidation.lean.ts';
import { signingKeyUses } from '../../adapters/library-table/signing-key-uses.lean.ts';
import { tagUse } from '../../adapters/library-table/tag-use.lean.ts';
import { variantDependencies } from '../../adapters/library-table/variant-dependencies.lean.ts';
import { wholePictures } from '../../adapters/library-table/whole-pictures.lean.ts';
import { originalReader } from '../../adapters/originals-bucket/original-reader.lean.ts';
import { variantStore } from '../../adapters/variants-bucket/variant-store.lean.ts';
import { type EncodingBudget, NO_BUDGET } from '../../contract/encoding-budget.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { DeliverImageDeps } from '../../core/delivery/deliver-image-deps.ts';
import { renderAllowance } from '../../core/delivery/render-allowance.ts';
import { checkAccess } from '../../core/protection/check-access.ts';
import { endpointSource } from '../../core/protection/published/endpoint-source.ts';
import { signingKeysSource } from '../../core/protection/published/signing-keys-source.ts';
import { sanitiseInChild } from '../../core/render/isolated/sanitise-svg.ts';
import { render } from '../../core/render/render.ts';
import { composeAccountItems } from './account-items.ts';

/** The transformer's dependencies; what belongs to one request, its report, is added by the handler. */
export function composeTransformImage(): Omit<DeliverImageDeps, 'report'> {
  const originals = requireEnvironment(ENVIRONMENT.originalsBucket);
  const accountItems = composeAccountItems();
  const library = requireEnvironment(ENVIRONMENT.libraryTable);
  return {
    assets: assetFinder(process.env, library),
    findNamed: namedTransformationFinder(accountItems),
    dependencies: variantDependencies(process.env, library),
    tagUse: tagUse(process.env, library),
    queueInvalidation: queueInvalidation(process.env, library, Date.now),
    originals: originalReader(process.env, originals),
    variants: variantStore(process.env, requireEnvironment(ENVIRONMENT.variantsBucket), originals),
    checkAccess: checkAccess({ patternRules: patternRules(accountItems), clock: Date.now }),
    settings: edgeSettingsView({
      endpoints: endpointSource(() => listEndpointItems(accountItems)),
      keys: signingKeysSource({
        signingSecret: signingSecret(process.env, requireEnvironment(ENVIRONMENT.credentialsSecret)),
        clock: Date.now,
      }),
    }),
    noteKey: signingKeyUses(process.env, library).note,
    clock: Date.now,
    mayRender: renderAllowance({
      limit: LIMITS.rendersPerMinute,
      clock: Date.now,
      newSalt: () => randomBytes(16).toString('hex'),
    }),
    ceilingEnd: process.env[ENVIRONMENT.spendCeiling] ? spendCeilingView(accountItems, Date.now) : noCeiling,
    ...(process.env[ENVIRONMENT.overCeiling] === 'nearest' && {
      wholePictures: wholePictures(process.env, library, Date.now),
    }),
    render,
    encoding: encodingBudget(process.env[ENVIRONMENT.encodingBudget]),
    sanitiseSvg: sanitiseInChild,
    now: () => performance.now(),
  };
}

const noCeiling = async () => undefined;

/** Written by the construct of the function, from the configuration and the price table. */
const encodingBudget = (written: string | undefined): EncodingBudget =>
  written ? (JSON.parse(written) as EncodingBudget) : NO_BUDGET;
