/** Every change that the API can make, as its event tells it. */
export const AUDIT_ACTIONS = [
  'file.uploaded',
  'file.taken-down',
  'file.takedown-lifted',
  'cache.purged',
  'rule.created',
  'rule.updated',
  'rule.deleted',
  'signing-key.created',
  'signing-key.ended',
  'origin.created',
  'origin.updated',
  'origin.deleted',
  'endpoint.created',
  'endpoint.updated',
  'endpoint.deleted',
  'name.created',
  'name.updated',
  'name.deleted',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
