import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { credentialsSecret } from '../../aws/credentials-secret.ts';
import { detectType } from '../../content/detect-type.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import { inspectImage } from '../../core/transform/render/inspect.ts';
import { guardedFetch } from '../../remote/guarded-fetch.ts';
import type { PurgeRouteDeps } from '../http/purge-routes.ts';
import type { UploadRouteDeps } from '../http/upload-routes.ts';
import { composeLibrary } from './library.ts';

/** The API function's dependencies; what belongs to one request, its report, is added by the handler. */
export function composeApi(): Omit<UploadRouteDeps & PurgeRouteDeps, 'report'> {
  return {
    ...composeLibrary(),
    credentials: credentialsSecret(new SecretsManagerClient({}), requireEnvironment(ENVIRONMENT.credentialsSecret)),
    detectType,
    inspectImage,
    fetchRemote: guardedFetch({
      exceptions: process.env[ENVIRONMENT.remoteAllow] ?? '',
      maximumBytes: LIMITS.sourceBytes,
    }),
    hexId,
    ids: {
      hexId,
      nameSuffix: () => randomBytes(7).toString('base64url').slice(0, 9),
    },
  };
}

const hexId = (): string => randomBytes(12).toString('hex');
