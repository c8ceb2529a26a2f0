import { S3Client } from '@aws-sdk/client-s3';
import { customFields } from '../../adapters/accounts-table/custom-fields.ts';
import { pathPolicies } from '../../adapters/accounts-table/path-policies.ts';
import type { CommitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { originalChecksum } from '../../adapters/originals-bucket/original-checksum.ts';
import type { EmbeddedFields } from '../../contract/embedded-fields.ts';
import { isEmbeddedFields } from '../../contract/embedded-fields.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { contentDescriber } from '../../core/explain/image-metadata.ts';
import { knownFields } from '../../core/library/custom-fields/known-fields.ts';
import { fieldsByFolder } from '../../core/library/path-policies/folder-fields.ts';
import { knownPolicies } from '../../core/library/path-policies/known-policies.ts';
import { examineImage } from '../../core/render/source/examine.ts';
import { describeImage } from '../../formats/metadata/describe-image.ts';
import { embeddedMetadata } from '../../formats/metadata/embedded-metadata.ts';
import { homeClient } from './home-client.ts';

/** What finds out what bytes show, and what of it a deployment takes over into the details of a file. */
export function composeDescription(commit: CommitWithEvent) {
  const accounts = homeClient();
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  return {
    describe: contentDescriber({ examine: examineImage, describe: describeImage, readEmbedded: embeddedMetadata }),
    checksum: originalChecksum(new S3Client({}), requireEnvironment(ENVIRONMENT.originalsBucket)),
    embeddedFields: embeddedFields(),
    fieldsIn: fieldsByFolder(
      knownFields(customFields(accounts, table, commit)),
      knownPolicies(pathPolicies(accounts, table, commit)),
    ),
  };
}

function embeddedFields(): EmbeddedFields {
  const given: unknown = JSON.parse(process.env[ENVIRONMENT.embeddedFields] ?? '{}');
  if (!isEmbeddedFields(given)) throw new Error(`${ENVIRONMENT.embeddedFields} names what no file is filled from.`);
  return given;
}
