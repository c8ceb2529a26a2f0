import type { Origin } from './origin.ts';

/** An origin as the API shows it. Credentials are not part of an `Origin`, so none can be in it. */
export function originAnswer(origin: Origin): Record<string, unknown> {
  return { ...origin, ...(origin.type === 'S3' && origin.useIAMRole && { externalId: origin.id }) };
}
