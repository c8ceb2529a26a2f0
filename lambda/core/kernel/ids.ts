/** Randomness that names things. */
export interface Ids {
  /** 24 hexadecimal characters. */
  hexId(): string;
  /** 9 characters of A-Z a-z 0-9 _ -. */
  nameSuffix(): string;
}
