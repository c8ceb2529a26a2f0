/**
 * What a version's bytes show, kept so small that it is part of every list: placeholders to be shown while a picture loads, and
 * what is searched for. It is found out after the upload was answered, so a new version has none for a moment.
 */
export interface ContentSummary {
  /** SHA-256 of the bytes, hexadecimal; none of a file above `LIMITS.checksummedBytes`. */
  readonly sha256?: string;
  /** The members below are those of a picture that can be decoded here. */
  readonly hasAlpha?: boolean;
  /** `#rrggbb`. */
  readonly dominantColor?: string;
  readonly blurhash?: string;
  /** Base64. */
  readonly thumbhash?: string;
  /** 64 bits in hexadecimal; pictures that look alike differ in few. */
  readonly pHash?: string;
  readonly keywords?: readonly string[];
  /** ISO 8601. */
  readonly takenAt?: string;
  /** Degrees. */
  readonly takenIn?: { readonly latitude: number; readonly longitude: number };
}
