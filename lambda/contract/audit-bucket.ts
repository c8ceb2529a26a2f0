/**
 * Prefixes of the bucket in which a region's audit log is mirrored and sealed. The function of each has the right to put under
 * its own prefix only.
 */
export const AUDIT_PREFIXES = {
  /** `events/{day}/{id}.jsonl`: events as lines of an export, in the order in which the table's stream told them. */
  events: 'events/',
  /** `altered/{day}/{id}.jsonl`: what was changed or removed in the table, which nobody may. */
  altered: 'altered/',
  /** `seals/{thousands}/{number}.txt` and `.sig`, twelve digits of which the first nine name the folder. */
  seals: 'seals/',
  /** `keys/{fingerprint}.pem`: public keys that verify signatures of seals. */
  keys: 'keys/',
} as const;

/** Lambda reads a shard's records for so long before it calls the function that seals (AWS, "CreateEventSourceMapping": 300 at most). */
export const SEAL_SECONDS = 300;

/** The word that an alarm looks for in the log of the function that mirrors: an event was changed or removed. */
export const AUDIT_ALTERED = 'audit-altered';

/** The word that an alarm misses in the log of the function that seals: a seal was made. */
export const AUDIT_SEALED = 'audit-sealed';
