/** Path to which the sign-in provider sends a browser back. */
export const CALLBACK_PATH = '/auth/callback';

/** Where the command line waits for the browser. User pools compare addresses with their port. */
export const COMMAND_LINE_PORT = 42917;

export const COMMAND_LINE_CALLBACK = `http://localhost:${COMMAND_LINE_PORT}/callback`;

/** Path that tells the command line where to sign in. */
export const COMMAND_LINE_PATH = '/auth/command-line';

/** The user pool, as the API finds it. */
export interface SignInDescription {
  readonly poolId: string;
  readonly clientId: string;
  /** Client of programs on people's own machines; it has no secret. */
  readonly commandLineClientId: string;
  /** Its URL as an OpenID issuer. */
  readonly issuer: string;
}

/** What the template tells the API about its people, as the JSON value of one environment variable. */
export interface PeopleDescription {
  /** ARN of the KMS key, in the home region, that wraps the keys of people. */
  readonly keyArn: string;
  /** Name of the table with the wrapped keys, in the home region. */
  readonly keysTable: string;
  /** Name of the home region's audit table: people belong to it, whichever region is called. */
  readonly auditTable: string;
  /** From whom service mails come. */
  readonly mailFrom: string;
  /** Domains whose addresses may be invited and may sign in, in ASCII; empty: all. */
  readonly allowedDomains: readonly string[];
  readonly signIn: SignInDescription;
}
