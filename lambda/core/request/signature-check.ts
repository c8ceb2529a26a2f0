/** A signing key as the KeyValueStore holds it; members have one letter, because a value has 1024 bytes. */
export interface EdgeKey {
  /** Id. */
  readonly i: string;
  /** The key itself. */
  readonly k: string;
  /** Seconds since 1970: valid from then on, and no longer from `e` on. 0: no bound. */
  readonly s: number;
  readonly e: number;
}

export interface SignatureCheck {
  readonly verdict: 'unsigned' | 'valid' | 'wrong' | 'expired';
  /** Id of the key that signed; empty unless valid. */
  readonly key: string;
}
