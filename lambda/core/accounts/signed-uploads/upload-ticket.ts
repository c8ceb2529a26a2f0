/** Leave to upload one file from a browser, without a key. A server that has the private key made it. */
export interface UploadTicket {
  /** Unique for the key pair. A ticket is used up by its first call, even if that call fails. */
  readonly token: string;
  /** Unix seconds. */
  readonly endsAt: number;
}

export interface UsedTickets {
  /** Uses a ticket up. False when it was used before. */
  readonly use: (publicKey: string, ticket: UploadTicket) => Promise<boolean>;
}

/** Seconds for which a ticket may be good (ImageKit, "Upload file": less than one hour in the future). */
export const TICKET_SECONDS = 3600;

/** Seconds that the clock of the signing server may be wrong. */
export const CLOCK_SKEW_SECONDS = 60;

/** Characters; the SDKs' own tokens are UUIDs. */
export const TOKEN_CHARACTERS = 1000;
