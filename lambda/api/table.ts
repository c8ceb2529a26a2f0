import { assetOperations } from './assets.ts';
import { auditOperations } from './audit.ts';
import { auditReportOperations } from './audit-reports.ts';
import { bulkFileOperations } from './bulk-files.ts';
import { bulkJobOperations } from './bulk-jobs.ts';
import { bulkTagOperations } from './bulk-tags.ts';
import { cacheOperations } from './cache.ts';
import { customFieldOperations } from './custom-fields.ts';
import { documentationOperations } from './documentation/operations.ts';
import { failoverOperations } from './failovers.ts';
import { filePlaceOperations } from './file-places.ts';
import { fileVersionOperations } from './file-versions.ts';
import { fileOperations } from './files.ts';
import { folderPlaceOperations } from './folder-places.ts';
import { folderOperations } from './folders.ts';
import { importOperations } from './imports.ts';
import { invitationOperations } from './invitations.ts';
import { keyOperations } from './keys.ts';
import { largeUploadOperations } from './large-uploads.ts';
import { mailChangeOperations } from './mail-change.ts';
import { metadataOperations } from './metadata.ts';
import { namedTransformationOperations } from './named-transformations.ts';
import type { AnyOperation } from './operation.ts';
import { originOperations } from './origins.ts';
import { pathPolicyOperations } from './path-policies.ts';
import { peopleOperations } from './people.ts';
import { referenceOperations } from './references.ts';
import { roleOperations } from './roles.ts';
import { ruleOperations } from './rules.ts';
import { savedExtensionOperations } from './saved-extensions.ts';
import { savedSearchOperations } from './saved-searches.ts';
import { searchOperations } from './search.ts';
import { sessionOperations } from './sessions.ts';
import { shareOperations } from './shares.ts';
import { signInHistoryOperations } from './sign-in-history.ts';
import { signedUrlOperations } from './signed-urls.ts';
import { signingKeyOperations } from './signing-keys.ts';
import { spendCeilingOperations } from './spend-ceiling.ts';
import { tagOperations } from './tags.ts';
import { takedownOperations } from './takedowns.ts';
import { trashOperations } from './trash.ts';
import { uploadGrantOperations } from './upload-grants.ts';
import { uploadOperations } from './uploads.ts';
import { urlEndpointOperations } from './url-endpoints.ts';
import { usageOperations } from './usage.ts';
import { webhookDeliveryOperations } from './webhook-deliveries.ts';
import { webhookOperations } from './webhooks.ts';
import { zipOperations } from './zips.ts';

/** @throws when an id, or a method of a path, is there twice */
export function operationTable(operations: readonly AnyOperation[]): readonly AnyOperation[] {
  const seen = new Set<string>();
  for (const { id, methods, paths } of operations) {
    const calls = paths.flatMap((path) => methods.map((method) => `${method} ${path.replace(/:\w+/g, ':')}`));
    for (const name of [id, ...calls]) {
      if (seen.has(name)) throw new Error(`The API declares ${name} twice.`);
      seen.add(name);
    }
  }
  return operations;
}

/** Every operation of the API. */
export const API_OPERATIONS: readonly AnyOperation[] = operationTable([
  ...uploadOperations,
  ...largeUploadOperations,
  ...uploadGrantOperations,
  ...assetOperations,
  ...searchOperations,
  ...savedSearchOperations,
  ...fileOperations,
  ...signedUrlOperations,
  ...filePlaceOperations,
  ...fileVersionOperations,
  ...bulkFileOperations,
  ...bulkTagOperations,
  ...tagOperations,
  ...zipOperations,
  ...importOperations,
  ...shareOperations,
  ...referenceOperations,
  ...folderOperations,
  ...folderPlaceOperations,
  ...bulkJobOperations,
  ...trashOperations,
  ...metadataOperations,
  ...cacheOperations,
  ...takedownOperations,
  ...originOperations,
  ...urlEndpointOperations,
  ...failoverOperations,
  ...spendCeilingOperations,
  ...namedTransformationOperations,
  ...savedExtensionOperations,
  ...webhookOperations,
  ...webhookDeliveryOperations,
  ...ruleOperations,
  ...customFieldOperations,
  ...pathPolicyOperations,
  ...keyOperations,
  ...auditOperations,
  ...auditReportOperations,
  ...usageOperations,
  ...invitationOperations,
  ...peopleOperations,
  ...mailChangeOperations,
  ...roleOperations,
  ...sessionOperations,
  ...signInHistoryOperations,
  ...signingKeyOperations,
  ...documentationOperations(() => API_OPERATIONS),
]);
