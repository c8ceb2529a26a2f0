import type { AwsApi } from '../../aws-api/aws-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';

/** The Security Token Service, which refuses every role: there is no account here but one. */
export function securityTokenService(): AwsApi {
  return {
    signingName: 'sts',
    errors: 'xml',
    // Of the services here, only this one speaks the form-encoded query protocol.
    takes: ({ headers }) => String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'),
    answer: () => {
      throw new ServiceError('AccessDenied', 'There are no other accounts here, so no role can be assumed.', 403);
    },
  };
}
