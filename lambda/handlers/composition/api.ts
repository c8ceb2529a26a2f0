import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { namedTransformationStore } from '../../adapters/accounts-table/named-transformation-entity.ts';
import { namedTransformationFinder } from '../../adapters/accounts-table/named-transformation-finder.lean.ts';
import { credentialsSecret } from '../../adapters/credentials-secret/credentials-secret.ts';
import { signingKeyUses } from '../../adapters/library-table/signing-key-uses.lean.ts';
import { originalReader } from '../../adapters/originals-bucket/original-reader.lean.ts';
import { dynamoItems } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import { explainFormat } from '../../core/explain/explain-format.ts';
import type { PublishAccessDeps } from '../../core/protection/publish-access.ts';
import { checkImage } from '../../core/render/check-image.ts';
import { render } from '../../core/render/render.ts';
import { examineImage } from '../../core/render/source/examine.ts';
import { urlLocator } from '../../core/settings/endpoints/locate-url.ts';
import { describeImage } from '../../formats/metadata/describe-image.ts';
import { detectType } from '../../formats/types/detect-type.ts';
import { guardedFetch } from '../../remote/guarded-fetch.ts';
import type { EndpointRouteDeps } from '../http/endpoint-routes.ts';
import type { MetadataRouteDeps } from '../http/metadata-routes.ts';
import type { NamedTransformationRouteDeps } from '../http/named-transformation-routes.ts';
import type { OriginRouteDeps } from '../http/origin-routes.ts';
import type { PurgeRouteDeps } from '../http/purge-routes.ts';
import type { RuleRouteDeps } from '../http/rule-routes.ts';
import type { SigningKeyRouteDeps } from '../http/signing-key-routes.ts';
import type { TakedownRouteDeps } from '../http/takedown-routes.ts';
import type { UploadRouteDeps } from '../http/upload-routes.ts';
import { composeAccess } from './access.ts';
import { composeAccountOrigins } from './account-origins.ts';
import { composeLibrary } from './library.ts';

type ApiDeps = UploadRouteDeps &
  PurgeRouteDeps &
  MetadataRouteDeps &
  RuleRouteDeps &
  TakedownRouteDeps &
  SigningKeyRouteDeps &
  EndpointRouteDeps &
  NamedTransformationRouteDeps &
  OriginRouteDeps &
  PublishAccessDeps;

/** The API function's dependencies; what belongs to one request, its report, is added by the handler. */
export function composeApi(): Omit<ApiDeps, 'report' | 'publish' | 'purgeAround'> {
  const library = composeLibrary();
  const access = composeAccess(library.edge);
  const accountOrigins = composeAccountOrigins();
  return {
    ...library,
    ...composeMetadata(library),
    ...access,
    ...composeNames(),
    locate: urlLocator({
      mediaHost: async () => (await library.edge()).mediaHost,
      list: async () => (await access.endpoints.read()).endpoints,
    }),
    ...accountOrigins,
    hasOrigins: async () => (await accountOrigins.origins.list()).length > 0,
    credentials: credentialsSecret(new SecretsManagerClient({}), requireEnvironment(ENVIRONMENT.credentialsSecret)),
    detectType,
    checkImage,
    fetchRemote: guardedFetch({
      exceptions: process.env[ENVIRONMENT.remoteAllow] ?? '',
      maximumBytes: LIMITS.sourceBytes,
    }),
    endpointId: library.hexId,
    keyUses: signingKeyUses(process.env, requireEnvironment(ENVIRONMENT.libraryTable)),
    keyId: () => randomBytes(4).toString('hex'),
    newKey: () => randomBytes(30).toString('base64url'),
    ids: {
      hexId: library.hexId,
      nameSuffix: () => randomBytes(7).toString('base64url').slice(0, 9),
    },
  };
}

/** What the questions about a file or a URL are answered with. */
function composeMetadata({ library }: ReturnType<typeof composeLibrary>) {
  const originals = originalReader(process.env, requireEnvironment(ENVIRONMENT.originalsBucket));
  return {
    findPath: library.findPath,
    findAsset: library.findAsset,
    readOriginal: originals.read,
    render,
    examine: examineImage,
    describe: describeImage,
    decideFormat: explainFormat,
  };
}

/** Named transformations: managed as a table, found one by one as the transformer finds them. */
function composeNames() {
  const region = requireEnvironment(ENVIRONMENT.accountsRegion);
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  return {
    namedTransformations: namedTransformationStore(new DynamoDBClient({ region }), table),
    findNamed: namedTransformationFinder(dynamoItems({ ...process.env, AWS_REGION: region }, table)),
    shortId: () => randomBytes(12).toString('base64').replace(/[+/]/g, '').slice(0, 9),
  };
}
